package org.selfservice.kernel.registrant;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.regex.Pattern;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/** A registrant's stream id: {@code r-} and a keyed hash of the first login. */
public record RegistrantId(@JsonValue String value) {
    private static final Pattern SHAPE = Pattern.compile("r-[A-Za-z0-9_-]{20,60}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RegistrantId {
        if (!SHAPE.matcher(value).matches()) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "RegistrantId"));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
