package org.selfservice.web.form.staff;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Condition.Match;
import org.selfservice.kernel.form.Condition.Operator;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.Option;
import org.selfservice.web.page.Typed;
import org.springframework.stereotype.Component;

/**
 * When a page or a question is asked: up to five tests, each chosen from a list of what the earlier questions can be
 * answered with. A choice is named {@code works:IS:yes}; what must be typed besides has a control of its own.
 */
@Component
class ConditionForm {
    private static final String LIST = "condition";
    private static final int MOST = 5;

    private final Desk desk;
    private final Wording wording;

    ConditionForm(Desk desk, Wording wording) {
        this.desk = desk;
        this.wording = wording;
    }

    /** What one question can be tested for. */
    record Subject(String question, List<Entry> entries) {}

    record Entry(String value, String text) {}

    /** Whether the value is part of the choice depends on what the question can be answered with. */
    static void fill(Typed typed, @Nullable Condition condition, List<Field> earlier) {
        typed.put("match", condition == null ? Match.ALL : condition.match());
        List<Condition.Test> tests = condition == null ? List.of() : condition.tests();
        for (int row = 0; row < tests.size(); row++) {
            Condition.Test test = tests.get(row);
            boolean chosen = isChosen(earlier, test);
            typed.put(at(row, "when"), test.field() + ":" + test.operator() + (chosen ? ":" + test.value() : ""));
            typed.put(at(row, "value"), chosen ? "" : test.value());
        }
    }

    @Nullable
    Condition read(Typed typed) {
        List<Condition.Test> tests = new ArrayList<>();
        for (int row = 0; row < MOST; row++) {
            String[] when = typed.word(at(row, "when")).split(":", 3);
            if (when.length < 2) {
                continue;
            }
            Operator operator = operator(when[1]);
            if (operator == null) {
                typed.wrong(at(row, "when"), desk.text("forms.wrong.condition"));
                continue;
            }
            String value = when.length == 3 ? when[2] : typed.word(at(row, "value"));
            if (when.length == 2 && needsValue(operator) && value.isEmpty()) {
                typed.wrong(at(row, "value"), desk.text("forms.wrong.condition.value"));
            }
            tests.add(new Condition.Test(when[0], operator, operator == Operator.ANSWERED ? "" : value));
        }
        return tests.isEmpty()
                ? null
                : new Condition(typed.is("match", Match.ANY.name()) ? Match.ANY : Match.ALL, tests);
    }

    /** Rows that the page shows: those that are filled in and an empty one. */
    static List<Integer> rows(Typed typed) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < MOST; row++) {
            rows.add(row);
            if (typed.word(at(row, "when")).isEmpty()) {
                break;
            }
        }
        return rows;
    }

    /** The choices of the list; what is chosen and cannot be is kept, so that nothing is lost by looking. */
    List<Subject> subjects(Typed typed, List<Field> earlier) {
        List<Subject> subjects = new ArrayList<>();
        List<String> offered = new ArrayList<>();
        for (Field field : earlier) {
            List<Entry> entries = entries(field);
            if (!entries.isEmpty()) {
                subjects.add(new Subject(Wording.label(field), entries));
                entries.forEach(entry -> offered.add(entry.value()));
            }
        }
        List<Entry> lost = rows(typed).stream()
                .map(row -> typed.word(at(row, "when")))
                .filter(when -> !when.isEmpty() && !offered.contains(when))
                .map(when -> new Entry(when, when.replace(':', ' ')))
                .toList();
        if (!lost.isEmpty()) {
            subjects.add(new Subject(desk.text("forms.condition.lost"), lost));
        }
        return subjects;
    }

    private List<Entry> entries(Field field) {
        List<Entry> entries = new ArrayList<>();
        switch (field.type()) {
            case FILE -> {
                return List.of();
            }
            case YES_NO -> {
                entries.add(chosen(field, Operator.IS, "yes"));
                entries.add(chosen(field, Operator.IS, "no"));
            }
            case RADIOS, SELECT -> {
                field.options().forEach(option -> entries.add(chosen(field, Operator.IS, option.value())));
                field.options().forEach(option -> entries.add(chosen(field, Operator.IS_NOT, option.value())));
            }
            case CHECKBOXES ->
                field.options().stream()
                        .map(Option::value)
                        .forEach(value -> entries.add(chosen(field, Operator.INCLUDES, value)));
            case NUMBER, MONEY -> {
                entries.add(typedIn(field, Operator.AT_LEAST));
                entries.add(typedIn(field, Operator.AT_MOST));
                entries.add(typedIn(field, Operator.IS));
            }
            case ADDRESS, GROUP -> {
                // Only whether they were answered.
            }
            default -> {
                entries.add(typedIn(field, Operator.IS));
                entries.add(typedIn(field, Operator.IS_NOT));
            }
        }
        entries.add(new Entry(
                field.id() + ":" + Operator.ANSWERED, desk.text("forms.test.ANSWERED", Wording.label(field), "")));
        return entries;
    }

    private Entry chosen(Field field, Operator operator, String value) {
        return new Entry(
                field.id() + ":" + operator + ":" + value,
                desk.text("forms.test." + operator, Wording.label(field), wording.value(field, value)));
    }

    private Entry typedIn(Field field, Operator operator) {
        return new Entry(field.id() + ":" + operator, desk.text("forms.test." + operator, Wording.label(field), "…"));
    }

    private static boolean isChosen(List<Field> earlier, Condition.Test test) {
        return earlier.stream()
                .filter(field -> field.id().equals(test.field()))
                .anyMatch(field -> switch (field.type()) {
                    case YES_NO, RADIOS, SELECT, CHECKBOXES -> test.operator() != Operator.ANSWERED;
                    default -> false;
                });
    }

    private static boolean needsValue(Operator operator) {
        return operator != Operator.ANSWERED;
    }

    private static @Nullable Operator operator(String name) {
        for (Operator operator : Operator.values()) {
            if (operator.name().equals(name)) {
                return operator;
            }
        }
        return null;
    }

    private static String at(int row, String control) {
        return LIST + "." + row + "." + control;
    }
}
