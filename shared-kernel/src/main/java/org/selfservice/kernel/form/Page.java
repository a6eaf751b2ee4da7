package org.selfservice.kernel.form;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;

/**
 * One page of questions, one row of the task list.
 *
 * @param showIf asked only when this holds; null for always
 */
public record Page(
        String id,
        LocalizedText title,
        LocalizedText hint,
        @Nullable Condition showIf,
        List<Field> fields) {
    public Page {
        fields = List.copyOf(fields);
    }
}
