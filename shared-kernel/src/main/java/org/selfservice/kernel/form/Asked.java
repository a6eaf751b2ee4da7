package org.selfservice.kernel.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A walk through a form, or through one row of a group: the questions asked so far and their answers in stored form. A
 * condition sees only what was asked before it, so that what is not asked cannot lead to further questions.
 */
final class Asked {
    private final Reading reading;
    private final Map<String, Answer> outside;
    private final Set<String> ids = new LinkedHashSet<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    private Asked(Reading reading, Map<String, Answer> outside) {
        this.reading = reading;
        this.outside = outside;
    }

    static Asked of(FormDefinition form, Map<String, Answer> typed, @Nullable String currency) {
        Asked asked = new Asked(new Reading(form.region(), currency), Map.of());
        for (Page page : form.pages()) {
            if (asked.holds(page.showIf())) {
                page.fields().forEach(field -> asked.visit(field, typed.get(field.id())));
            }
        }
        return asked;
    }

    Asked row(Field group, Map<String, Answer> typed) {
        Map<String, Answer> form = new LinkedHashMap<>(answers);
        group.fields().forEach(field -> form.remove(field.id()));
        Asked row = new Asked(reading, form);
        group.fields().forEach(field -> row.visit(field, typed.get(field.id())));
        return row;
    }

    private void visit(Field field, @Nullable Answer typed) {
        if (!holds(field.showIf())) {
            return;
        }
        ids.add(field.id());
        Answer read = typed instanceof Answer.Rows(List<Map<String, Answer>> rows) && field.type() == FieldType.GROUP
                ? rows(field, rows)
                : reading.of(field, typed);
        if (read != null) {
            answers.put(field.id(), read);
        }
    }

    private @Nullable Answer rows(Field group, List<Map<String, Answer>> typed) {
        List<Map<String, Answer>> rows = new ArrayList<>();
        for (Map<String, Answer> row : typed) {
            Map<String, Answer> read = row(group, row).answers;
            if (!read.isEmpty()) {
                rows.add(read);
            }
        }
        return rows.isEmpty() ? null : new Answer.Rows(rows);
    }

    private boolean holds(@Nullable Condition condition) {
        if (condition == null) {
            return true;
        }
        Map<String, Answer> known = new LinkedHashMap<>(outside);
        known.putAll(answers);
        return condition.holds(known);
    }

    Set<String> ids() {
        return ids;
    }

    Map<String, Answer> answers() {
        return answers;
    }
}
