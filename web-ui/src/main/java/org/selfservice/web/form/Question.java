package org.selfservice.web.form;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.web.page.PageError;

/**
 * A question as a page shows it; {@code templates/application/fields.html} turns it into inputs.
 *
 * @param field the field's id
 * @param path the field's id, or within a row {@code members[2].name}
 * @param id of the input that the error summary links to
 * @param name of the input, or what its parts' names begin with
 * @param value what a single input holds
 * @param counted the limit that a long text counts down to; 0 for none
 * @param prefix what stands before the input, such as a currency; empty for none
 * @param notKnown whether "I do not know" was chosen
 * @param errors what is wrong, in the words of the error summary
 * @param known where the value came from that the question was filled in with; null when nobody but the person said it
 */
public record Question(
        String field,
        String path,
        FieldType type,
        String id,
        String name,
        String label,
        String hint,
        boolean optional,
        boolean mayNotKnow,
        boolean notKnown,
        String value,
        List<Choice> choices,
        List<Part> parts,
        List<Row> rows,
        String inputType,
        @Nullable String inputMode,
        @Nullable String autocomplete,
        String width,
        int counted,
        String prefix,
        List<PageError> errors,
        @Nullable String known,
        @Nullable Conflict conflict) {

    /** @param reveals questions that are asked when this is chosen, shown beneath it */
    public record Choice(String id, String value, String label, boolean chosen, List<Question> reveals) {}

    /** One input of a date or an address. */
    public record Part(String key, String id, String name, String value, boolean wrong, String autocomplete) {}

    /** One row of a repeated group, in a line. */
    public record Row(int index, String title, List<String> errors) {}

    /** @param elsewhere what was saved on another page or device, in lines; {@code typed} what was typed here */
    public record Conflict(List<String> elsewhere, List<String> typed) {}

    public boolean wrong() {
        return !errors.isEmpty();
    }

    public boolean hasHint() {
        return !hint.isBlank();
    }

    /** Ids of what describes the input, for assistive technology; null for nothing. */
    public @Nullable String describedBy() {
        String ids = String.join(
                        " ",
                        hasHint() ? id + "-hint" : "",
                        known != null ? id + "-known" : "",
                        conflict != null ? id + "-conflict" : "",
                        wrong() ? id + "-error" : "")
                .strip()
                .replaceAll(" +", " ");
        return ids.isEmpty() ? null : ids;
    }
}
