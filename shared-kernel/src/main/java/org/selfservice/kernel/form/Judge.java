package org.selfservice.kernel.form;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.FormRules.ProblemCode;

/** Finds what is wrong with answers. Rows keep the numbers under which they were typed. */
final class Judge {
    private static final int MOST_ROWS = 30;

    private final Asked asked;
    private final Map<String, Answer> typed;
    private final LocalDate today;
    private final String currency;
    private final List<Problem> problems = new ArrayList<>();

    Judge(Asked asked, Map<String, Answer> typed, LocalDate today, String currency) {
        this.asked = asked;
        this.typed = typed;
        this.today = today;
        this.currency = currency;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    void field(Field field) {
        if (asked.ids().contains(field.id())) {
            judge(field.id(), field, asked.answers().get(field.id()), typed.get(field.id()));
        }
    }

    private void judge(String path, Field field, @Nullable Answer answer, @Nullable Answer typed) {
        if (field.type() == FieldType.FILE) {
            return;
        }
        switch (answer) {
            case null -> {
                if (field.required()) {
                    missing(path, field);
                }
            }
            case Answer.DontKnow() -> {
                if (!field.mayNotKnow()) {
                    add(path, ProblemCode.WRONG_KIND);
                }
            }
            case Answer.Text(String text) when takesText(field.type()) -> text(path, field, text);
            case Answer.Choices(List<String> chosen)
            when field.type() == FieldType.CHECKBOXES -> chosen.forEach(one -> option(path, field, one));
            case Answer.Parts(Map<String, String> parts)
            when field.type() == FieldType.DATE -> notADate(path, Dates.missing(parts));
            case Answer.Parts(Map<String, String> parts)
            when field.type() == FieldType.ADDRESS -> address(path, field, parts);
            case Answer.Rows(List<Map<String, Answer>> rows)
            when field.type() == FieldType.GROUP -> rows(path, field, rows.size(), typed);
            default -> add(path, ProblemCode.WRONG_KIND);
        }
    }

    private static boolean takesText(FieldType type) {
        return switch (type) {
            case CHECKBOXES, ADDRESS, FILE, GROUP -> false;
            default -> true;
        };
    }

    private void missing(String path, Field field) {
        if (field.type() == FieldType.ADDRESS) {
            address(path, field, Map.of());
        } else {
            add(path, ProblemCode.REQUIRED);
        }
    }

    private void text(String path, Field field, String text) {
        switch (field.type()) {
            case TEXT -> length(path, field.constraints(), text, 200);
            case LONG_TEXT -> length(path, field.constraints(), text, 4_000);
            case NUMBER, MONEY -> problems.addAll(Limits.number(path, field, text, currency));
            case DATE -> problems.addAll(Limits.date(path, field.constraints(), text, today));
            case YES_NO -> {
                if (!text.equals("yes") && !text.equals("no")) {
                    add(path, ProblemCode.NOT_AN_OPTION);
                }
            }
            case RADIOS, SELECT -> option(path, field, text);
            case PHONE -> {
                // A number that could be read is international by now.
                if (Phones.parse(text, null) == null) {
                    add(path, ProblemCode.NOT_A_PHONE_NUMBER);
                }
            }
            case EMAIL -> {
                if (!Emails.isAddress(text)) {
                    add(path, ProblemCode.NOT_AN_EMAIL);
                }
            }
            default -> add(path, ProblemCode.WRONG_KIND);
        }
    }

    private void length(String path, Constraints limits, String text, int otherwise) {
        int length = Texts.length(text);
        int most = limits.maxLength() == null ? otherwise : limits.maxLength();
        if (length > most) {
            add(path, ProblemCode.TOO_LONG, details("limit", most, "length", length));
        } else if (limits.minLength() != null && length < limits.minLength()) {
            add(path, ProblemCode.TOO_SHORT, details("limit", limits.minLength(), "length", length));
        }
    }

    private void option(String path, Field field, String value) {
        boolean known =
                field.options().stream().anyMatch(option -> option.value().equals(value));
        if (!known && problems.stream().noneMatch(found -> found.path().equals(path))) {
            add(path, ProblemCode.NOT_AN_OPTION);
        }
    }

    private void notADate(String path, List<String> missing) {
        add(path, ProblemCode.NOT_A_DATE, missing.isEmpty() ? Map.of() : Map.of("missing", String.join(",", missing)));
    }

    private void address(String path, Field field, Map<String, String> parts) {
        for (String name : Reading.parts(FieldType.ADDRESS)) {
            String part = parts.get(name);
            if (part != null) {
                length(path + "." + name, field.constraints(), part, 200);
            } else if (field.required() && (name.equals("line1") || name.equals("town"))) {
                add(path + "." + name, ProblemCode.REQUIRED);
            }
        }
    }

    private void rows(String path, Field group, int count, @Nullable Answer typed) {
        Constraints limits = group.constraints();
        int most = limits.maxRows() == null ? MOST_ROWS : limits.maxRows();
        if (count > most) {
            add(path, ProblemCode.TOO_MANY_ROWS, details("max", most, "rows", count));
            return;
        }
        if (limits.minRows() != null && count < limits.minRows()) {
            add(path, ProblemCode.TOO_FEW_ROWS, details("min", limits.minRows(), "rows", count));
        }
        List<Map<String, Answer>> rows = typed instanceof Answer.Rows(List<Map<String, Answer>> all) ? all : List.of();
        for (int i = 0; i < rows.size(); i++) {
            Map<String, Answer> row = rows.get(i);
            Asked inRow = asked.row(group, row);
            if (inRow.answers().isEmpty()) {
                continue;
            }
            for (Field field : group.fields()) {
                if (inRow.ids().contains(field.id())) {
                    judge(
                            path + "[" + i + "]." + field.id(),
                            field,
                            inRow.answers().get(field.id()),
                            row.get(field.id()));
                }
            }
        }
    }

    private void add(String path, ProblemCode code) {
        add(path, code, Map.of());
    }

    private void add(String path, ProblemCode code, Map<String, String> details) {
        problems.add(new Problem(path, code, details));
    }

    private static Map<String, String> details(String one, int value, String other, int second) {
        return Map.of(one, Integer.toString(value), other, Integer.toString(second));
    }
}
