package org.selfservice.kernel.form;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.regex.Pattern;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/** A form's code: 2 to 40 lower-case letters, digits and hyphens; begins with a letter. */
public record FormCode(@JsonValue String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{1,39}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FormCode {
        if (!SHAPE.matcher(value).matches()) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "FormCode"));
        }
    }

    /** Forms and programs may have the same code; their streams never do. */
    public String stream() {
        return "form-" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
