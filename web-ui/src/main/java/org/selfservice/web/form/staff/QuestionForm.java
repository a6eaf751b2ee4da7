package org.selfservice.web.form.staff;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.Option;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.web.page.Typed;
import org.springframework.stereotype.Component;

/** The controls of the question editor, and the question that they hold. */
@Component
class QuestionForm {
    static final String OPTIONS = "option";
    static final List<FieldType> IN_GROUPS = Arrays.stream(FieldType.values())
            .filter(type -> type != FieldType.GROUP && type != FieldType.FILE)
            .toList();

    private static final Map<FieldType, String> LIMITS = Map.of(
            FieldType.TEXT, "minLength",
            FieldType.LONG_TEXT, "minLength",
            FieldType.NUMBER, "min",
            FieldType.MONEY, "min",
            FieldType.DATE, "earliest",
            FieldType.GROUP, "minRows",
            FieldType.FILE, "maxFiles");
    private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1_000_000);
    private static final int LONGEST_ID = 40;

    private final Desk desk;
    private final ConditionForm conditions;

    QuestionForm(Desk desk, ConditionForm conditions) {
        this.desk = desk;
        this.conditions = conditions;
    }

    static void fill(Typed typed, Field field, List<Field> earlier) {
        typed.put("type", field.type());
        typed.put("id", field.id());
        typed.put("label", field.label());
        typed.put("hint", field.hint());
        typed.put("optional", field.required() ? "" : "yes");
        typed.put("mayNotKnow", field.mayNotKnow() ? "yes" : "");
        typed.put("data", field.reportable() ? "reportable" : "personal");
        typed.put("prefill", field.prefill());
        fill(typed, field.constraints());
        for (int row = 0; row < field.options().size(); row++) {
            Option option = field.options().get(row);
            typed.put(OPTIONS + "." + row + ".value", option.value());
            typed.put(OPTIONS + "." + row + ".label", option.label());
        }
        ConditionForm.fill(typed, field.showIf(), earlier);
    }

    private static void fill(Typed typed, Constraints limits) {
        typed.put("minLength", limits.minLength());
        typed.put("maxLength", limits.maxLength());
        typed.put("min", limits.min() == null ? null : limits.min().toPlainString());
        typed.put("max", limits.max() == null ? null : limits.max().toPlainString());
        typed.put("decimals", limits.decimals());
        fill(typed, "earliest", limits.earliest());
        fill(typed, "latest", limits.latest());
        typed.put("notInFuture", limits.notInFuture() ? "yes" : "");
        typed.put("minRows", limits.minRows());
        typed.put("maxRows", limits.maxRows());
        typed.put("maxFiles", limits.maxFiles());
        typed.put(
                "maxMegabytes",
                limits.maxBytes() == null
                        ? null
                        : BigDecimal.valueOf(limits.maxBytes())
                                .divide(MEGABYTE)
                                .stripTrailingZeros()
                                .toPlainString());
        limits.mediaTypes().forEach(type -> typed.put("media." + type, "yes"));
    }

    private static void fill(Typed typed, String name, @Nullable LocalDate day) {
        typed.put(name + ".day", day == null ? null : day.getDayOfMonth());
        typed.put(name + ".month", day == null ? null : day.getMonthValue());
        typed.put(name + ".year", day == null ? null : day.getYear());
    }

    /**
     * @param before the question as it is; null for a new one
     * @param taken ids that others have
     */
    Field read(Typed typed, FieldType type, @Nullable Field before, Set<String> taken) {
        LocalizedText label = typed.text("label", before == null ? LocalizedText.EMPTY : before.label());
        LocalizedText hint = typed.text("hint", before == null ? LocalizedText.EMPTY : before.hint());
        String id = typed.word("id");
        boolean data = type != FieldType.FILE && type != FieldType.GROUP;
        boolean inGroup = typed.is("inGroup", "yes");
        return new Field(
                id.isEmpty()
                        ? Editing.id(label.byLanguage().getOrDefault("en", ""), "question", LONGEST_ID, taken)
                        : id,
                type,
                label,
                hint,
                !typed.is("optional", "yes"),
                data && typed.is("mayNotKnow", "yes"),
                limits(typed, type),
                takesOptions(type) ? options(typed, before) : List.of(),
                conditions.read(typed),
                data && !inGroup && !typed.word("prefill").isEmpty() ? typed.word("prefill") : null,
                data && !type.identifies() && typed.is("data", "reportable"),
                type == FieldType.GROUP && before != null ? before.fields() : List.of());
    }

    static boolean takesOptions(FieldType type) {
        return type == FieldType.RADIOS || type == FieldType.CHECKBOXES || type == FieldType.SELECT;
    }

    /** Choices typed one a line become rows of their own. */
    static void spreadLines(Typed typed) {
        if (typed.word("lines").isEmpty()) {
            return;
        }
        typed.dropEmptyRows(OPTIONS);
        typed.word("lines")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    typed.add(OPTIONS, "label.en");
                    typed.put(OPTIONS + "." + typed.rows(OPTIONS).getLast() + ".label.en", line);
                });
        typed.put("lines", "");
    }

    /** Moves a choice one up. */
    static void raise(Typed typed) {
        List<Integer> rows = typed.rows(OPTIONS);
        int at = typed.word("raise").matches("\\d{1,3}") ? rows.indexOf(Integer.valueOf(typed.word("raise"))) : -1;
        if (at > 0) {
            typed.swap(OPTIONS, rows.get(at - 1), rows.get(at));
        }
    }

    private static List<Option> options(Typed typed, @Nullable Field before) {
        spreadLines(typed);
        Set<String> taken = new HashSet<>();
        List<Integer> rows = typed.filledRows(OPTIONS);
        rows.forEach(row -> taken.add(typed.word(OPTIONS + "." + row + ".value")));
        List<Option> options = new ArrayList<>();
        for (int row : rows) {
            String at = OPTIONS + "." + row + ".";
            String value = typed.word(at + "value");
            LocalizedText known = before == null
                    ? LocalizedText.EMPTY
                    : before.options().stream()
                            .filter(option -> option.value().equals(value))
                            .map(Option::label)
                            .findFirst()
                            .orElse(LocalizedText.EMPTY);
            LocalizedText label = typed.text(at + "label", known);
            String stored = value.isEmpty()
                    ? Editing.id(label.byLanguage().getOrDefault("en", ""), "choice", LONGEST_ID, taken)
                    : value;
            taken.add(stored);
            options.add(new Option(stored, label));
        }
        return options;
    }

    private Constraints limits(Typed typed, FieldType type) {
        Integer minLength = null;
        Integer maxLength = null;
        BigDecimal min = null;
        BigDecimal max = null;
        Integer decimals = null;
        LocalDate earliest = null;
        LocalDate latest = null;
        Integer minRows = null;
        Integer maxRows = null;
        Integer maxFiles = null;
        Long maxBytes = null;
        List<String> mediaTypes = List.of();
        boolean notInFuture = false;
        switch (type) {
            case TEXT, LONG_TEXT -> {
                minLength = whole(typed, "minLength");
                maxLength = whole(typed, "maxLength");
            }
            case NUMBER, MONEY -> {
                min = decimal(typed, "min");
                max = decimal(typed, "max");
                decimals = type == FieldType.NUMBER ? whole(typed, "decimals") : null;
            }
            case DATE -> {
                earliest = day(typed, "earliest");
                latest = day(typed, "latest");
                notInFuture = typed.is("notInFuture", "yes");
            }
            case GROUP -> {
                minRows = whole(typed, "minRows");
                maxRows = whole(typed, "maxRows");
            }
            case FILE -> {
                maxFiles = whole(typed, "maxFiles");
                BigDecimal megabytes = decimal(typed, "maxMegabytes");
                maxBytes = megabytes == null
                        ? null
                        : Long.valueOf(megabytes.multiply(MEGABYTE).longValue());
                mediaTypes = mediaTypes(typed).stream()
                        .filter(one -> typed.is("media." + one, "yes"))
                        .toList();
            }
            default -> {
                // Choices, phones, e-mail and postal addresses have no limits.
            }
        }
        return new Constraints(
                minLength,
                maxLength,
                min,
                max,
                decimals,
                earliest,
                latest,
                notInFuture,
                minRows,
                maxRows,
                maxFiles,
                maxBytes,
                mediaTypes);
    }

    /** Those that are usual, and those that the question has besides. */
    static List<String> mediaTypes(Typed typed) {
        return Stream.concat(
                        Constraints.DEFAULT_MEDIA_TYPES.stream(),
                        typed.names("media.").map(name -> name.substring("media.".length())))
                .distinct()
                .toList();
    }

    private @Nullable Integer whole(Typed typed, String name) {
        String word = digits(typed, name);
        if (word.isEmpty()) {
            return null;
        }
        if (!word.matches("\\d{1,8}")) {
            typed.wrong(name, desk.text("forms.wrong.whole"));
            return null;
        }
        return Integer.valueOf(word);
    }

    private @Nullable BigDecimal decimal(Typed typed, String name) {
        String word = digits(typed, name);
        if (word.isEmpty()) {
            return null;
        }
        if (!word.matches("-?\\d{1,15}(\\.\\d{1,9})?")) {
            typed.wrong(name, desk.text("forms.wrong.number"));
            return null;
        }
        return new BigDecimal(word);
    }

    private static String digits(Typed typed, String name) {
        return typed.word(name).replaceAll("[\\s\u00a0\u202f]", "");
    }

    private @Nullable LocalDate day(Typed typed, String name) {
        List<String> parts = Stream.of(".year", ".month", ".day")
                .map(part -> typed.word(name + part))
                .toList();
        if (parts.stream().allMatch(String::isEmpty)) {
            return null;
        }
        try {
            if (parts.getFirst().matches("\\d{4}")) {
                return LocalDate.of(
                        Integer.parseInt(parts.getFirst()),
                        Integer.parseInt(parts.get(1)),
                        Integer.parseInt(parts.getLast()));
            }
        } catch (NumberFormatException | DateTimeException notADay) {
            // Said below, as for a year of other than four digits.
        }
        typed.wrong(name, desk.text("forms.wrong.day"));
        return null;
    }

    /** Attributes that an answer of that kind can be filled in from. */
    static List<String> attributes(FieldType type, String chosen) {
        return Demographics.ALL.stream()
                .filter(attribute -> attribute.equals(chosen) || fits(type, attribute))
                .collect(Collectors.toList());
    }

    private static boolean fits(FieldType type, String attribute) {
        FieldType kept = Demographics.question(attribute).type();
        return switch (type) {
            case RADIOS, SELECT -> attribute.equals(Demographics.GENDER);
            case LONG_TEXT -> kept == FieldType.TEXT;
            default -> kept == type;
        };
    }

    /** The control where a mistake is mended; null when it is none of the editor's. */
    static @Nullable String control(Problem mistake, Typed typed, FieldType type) {
        String option = mistake.details().getOrDefault("option", "");
        return switch (mistake.details().getOrDefault("what", "")) {
            case "id" -> "id";
            case "label" -> "label.en";
            case "type" -> "type";
            case "reportable" -> "data";
            case "showIf" -> "condition.0.when";
            case "constraints" -> LIMITS.getOrDefault(type, "label.en");
            case "options" ->
                typed.rows(OPTIONS).stream()
                        .filter(row -> !option.isEmpty() && typed.is(OPTIONS + "." + row + ".value", option))
                        .reduce((_, last) -> last)
                        .map(row -> OPTIONS + "." + row + ".value")
                        .orElse("lines");
            default -> null;
        };
    }
}
