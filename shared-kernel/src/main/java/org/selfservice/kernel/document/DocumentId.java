package org.selfservice.kernel.document;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.regex.Pattern;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/** A document's id, made by the sender: {@code d-} and 128 random bits or more. */
public record DocumentId(@JsonValue String value) {
    private static final Pattern SHAPE = Pattern.compile("d-[A-Za-z0-9_-]{20,60}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DocumentId {
        if (!SHAPE.matcher(value).matches()) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "DocumentId"));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
