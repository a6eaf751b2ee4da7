package org.selfservice.kernel.application;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.regex.Pattern;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/** An application's stream id: {@code a-} and a keyed hash of registrant, program and ordinal. */
public record ApplicationId(@JsonValue String value) {
    private static final Pattern SHAPE = Pattern.compile("a-[A-Za-z0-9_-]{20,60}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ApplicationId {
        if (!SHAPE.matcher(value).matches()) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "ApplicationId"));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
