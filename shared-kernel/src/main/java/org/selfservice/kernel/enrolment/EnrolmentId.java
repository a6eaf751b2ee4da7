package org.selfservice.kernel.enrolment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.regex.Pattern;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/** An enrolment's stream id: {@code e-} and a keyed hash of registrant and program. */
public record EnrolmentId(@JsonValue String value) {
    private static final Pattern SHAPE = Pattern.compile("e-[A-Za-z0-9_-]{20,60}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EnrolmentId {
        if (!SHAPE.matcher(value).matches()) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "EnrolmentId"));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
