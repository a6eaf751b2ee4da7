package org.selfservice.web.form;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.web.form.Question.Choice;
import org.selfservice.web.form.Question.Part;
import org.selfservice.web.page.PageError;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Fields and what was answered to them, as questions on a page. */
@Component
public class Questions {
    private static final Map<String, String> AUTOCOMPLETE = Map.of(
            Demographics.NAME, "name",
            Demographics.GIVEN_NAME, "given-name",
            Demographics.FAMILY_NAME, "family-name",
            Demographics.BIRTHDATE, "bday",
            Demographics.GENDER, "sex",
            Demographics.PHONE_NUMBER, "tel",
            Demographics.EMAIL, "email");
    private static final Map<String, String> ADDRESS_AUTOCOMPLETE = Map.of(
            "line1", "address-line1",
            "line2", "address-line2",
            "town", "address-level2",
            "region", "address-level1",
            "postcode", "postal-code");

    private final MessageSource texts;
    private final AnswerText words;
    private final ProblemText problemTexts;

    Questions(MessageSource texts, AnswerText words, ProblemText problemTexts) {
        this.texts = texts;
        this.words = words;
        this.problemTexts = problemTexts;
    }

    /**
     * What a page asks.
     *
     * @param path what paths begin with: empty, or a row such as {@code members[2].}
     * @param asked ids of the fields that are asked, given the answers
     * @param answers by field id, as stored or as typed
     * @param problems to be shown; their paths begin with {@code path}
     * @param known by field id, where the value came from that it was filled in with
     * @param conflicts by field id, what was saved elsewhere meanwhile
     * @param currency of amounts, ISO 4217
     */
    public record Sheet(
            List<Field> fields,
            String path,
            Set<String> asked,
            Map<String, Answer> answers,
            List<Problem> problems,
            Map<String, String> known,
            Map<String, Question.Conflict> conflicts,
            Locale locale,
            String currency) {
        public static Sheet of(
                List<Field> fields, Set<String> asked, Map<String, Answer> answers, Locale locale, String currency) {
            return new Sheet(fields, "", asked, answers, List.of(), Map.of(), Map.of(), locale, currency);
        }

        public Sheet at(String row) {
            return new Sheet(fields, row, asked, answers, problems, known, conflicts, locale, currency);
        }

        public Sheet with(List<Problem> found) {
            return new Sheet(fields, path, asked, answers, found, known, conflicts, locale, currency);
        }

        public Sheet knowing(Map<String, String> sources) {
            return new Sheet(fields, path, asked, answers, problems, sources, conflicts, locale, currency);
        }

        public Sheet against(Map<String, Question.Conflict> changedElsewhere) {
            return new Sheet(fields, path, asked, answers, problems, known, changedElsewhere, locale, currency);
        }
    }

    /** The questions of a page, in order; those that one choice alone makes asked stand beneath it, chosen or not. */
    public List<Question> of(Sheet sheet) {
        Map<String, Map<String, List<Field>>> revealed = reveals(sheet.fields(), sheet.asked());
        Set<String> beneath = new LinkedHashSet<>();
        revealed.values()
                .forEach(byValue -> byValue.values().forEach(fields -> fields.forEach(f -> beneath.add(f.id()))));
        return sheet.fields().stream()
                .filter(field -> sheet.asked().contains(field.id()) && !beneath.contains(field.id()))
                .map(field -> question(field, sheet, revealed.getOrDefault(field.id(), Map.of())))
                .toList();
    }

    /** The questions with those beneath their choices, in order. */
    public static Stream<Question> all(Collection<Question> questions) {
        return questions.stream()
                .flatMap(question -> Stream.concat(
                        Stream.of(question), question.choices().stream().flatMap(choice -> all(choice.reveals()))));
    }

    /** What the page's {@code shown} names: the questions whose inputs are on it. */
    public static List<String> shown(List<Question> questions) {
        return all(questions)
                .filter(question -> question.type() != FieldType.FILE && question.type() != FieldType.GROUP)
                .map(Question::path)
                .toList();
    }

    /** By the id of the field that reveals, by the choice, the fields that appear. */
    private static Map<String, Map<String, List<Field>>> reveals(List<Field> fields, Set<String> asked) {
        Map<String, Map<String, List<Field>>> revealed = new LinkedHashMap<>();
        for (Field field : fields) {
            Condition condition = field.showIf();
            if (condition == null || condition.tests().size() != 1 || field.type() == FieldType.GROUP) {
                continue;
            }
            Condition.Test test = condition.tests().getFirst();
            Optional<Field> by = fields.stream()
                    .filter(other -> other.id().equals(test.field()) && asked.contains(other.id()))
                    .filter(other -> other.showIf() == null)
                    .filter(other -> switch (other.type()) {
                        case RADIOS, YES_NO -> test.operator() == Condition.Operator.IS;
                        case CHECKBOXES -> test.operator() == Condition.Operator.INCLUDES;
                        default -> false;
                    })
                    .findFirst();
            by.ifPresent(other -> revealed.computeIfAbsent(other.id(), id -> new LinkedHashMap<>())
                    .computeIfAbsent(test.value(), value -> new ArrayList<>())
                    .add(field));
        }
        return revealed;
    }

    private Question question(Field field, Sheet sheet, Map<String, List<Field>> reveals) {
        String path = sheet.path() + field.id();
        String id = id(path);
        Locale locale = sheet.locale();
        Answer answer = sheet.answers().get(field.id());
        List<Problem> problems = sheet.problems().stream()
                .filter(problem -> concerns(problem, path))
                .toList();
        boolean own = sheet.path().isEmpty();
        boolean several = sheet.fields().stream()
                        .filter(other -> sheet.asked().contains(other.id()))
                        .count()
                > 1;
        List<Choice> choices = choices(field, id, answer, sheet, reveals);
        List<Part> parts = parts(field, path, answer, problems, own);
        return new Question(
                field.id(),
                path,
                field.type(),
                id,
                AnswerForm.PREFIX + path,
                field.label().in(locale),
                hint(field, locale),
                !field.required(),
                field.mayNotKnow(),
                answer instanceof Answer.DontKnow,
                value(field, answer),
                choices,
                parts,
                rows(field, path, answer, problems, sheet),
                switch (field.type()) {
                    case PHONE -> "tel";
                    case EMAIL -> "email";
                    default -> "text";
                },
                inputMode(field),
                own ? autocomplete(field) : null,
                width(field),
                field.type() == FieldType.LONG_TEXT ? longest(field) : 0,
                field.type() == FieldType.MONEY ? sheet.currency() : "",
                problems.stream()
                        .filter(problem -> field.type() != FieldType.GROUP
                                || problem.path().equals(path))
                        .map(problem -> new PageError(
                                "#" + target(problem, id, parts),
                                several
                                        ? problemTexts.withQuestion(problem, field, locale)
                                        : problemTexts.of(problem, field, locale)))
                        .distinct()
                        .toList(),
                sheet.known().get(field.id()),
                sheet.conflicts().get(field.id()));
    }

    private List<Choice> choices(
            Field field, String id, @Nullable Answer answer, Sheet sheet, Map<String, List<Field>> reveals) {
        Map<String, String> labels = new LinkedHashMap<>();
        switch (field.type()) {
            case YES_NO -> {
                labels.put("yes", texts.getMessage("field.yes", null, sheet.locale()));
                labels.put("no", texts.getMessage("field.no", null, sheet.locale()));
            }
            case RADIOS, CHECKBOXES, SELECT ->
                field.options()
                        .forEach(option ->
                                labels.put(option.value(), option.label().in(sheet.locale())));
            default -> {
                return List.of();
            }
        }
        if (field.mayNotKnow()) {
            labels.put(AnswerForm.DONT_KNOW, texts.getMessage("field.dont-know", null, sheet.locale()));
        }
        Set<String> chosen = switch (answer) {
            case Answer.Text(String value) -> Set.of(value.strip());
            case Answer.Choices(List<String> values) -> Set.copyOf(values);
            case Answer.DontKnow() -> Set.of(AnswerForm.DONT_KNOW);
            case null, default -> Set.of();
        };
        List<Choice> choices = new ArrayList<>();
        labels.forEach((value, label) -> choices.add(new Choice(
                choices.isEmpty() ? id : id + "-" + (choices.size() + 1),
                value,
                label,
                chosen.contains(value),
                reveals.getOrDefault(value, List.of()).stream()
                        .map(revealed -> question(revealed, sheet, Map.of()))
                        .toList())));
        return choices;
    }

    private static List<Part> parts(
            Field field, String path, @Nullable Answer answer, List<Problem> problems, boolean own) {
        if (!AnswerForm.isParts(field)) {
            return List.of();
        }
        boolean date = field.type() == FieldType.DATE;
        List<String> keys = date ? AnswerForm.DATE_PARTS : AnswerForm.ADDRESS_PARTS;
        Map<String, String> values = values(field, answer);
        boolean whole = problems.stream().anyMatch(problem -> problem.path().equals(path));
        return keys.stream()
                .map(key -> new Part(
                        key,
                        id(path + "." + key),
                        AnswerForm.PREFIX + path + "." + key,
                        values.getOrDefault(key, ""),
                        date && whole
                                || problems.stream()
                                        .anyMatch(problem -> problem.path().equals(path + "." + key)),
                        !own
                                ? "off"
                                : !date
                                        ? ADDRESS_AUTOCOMPLETE.get(key)
                                        : Demographics.BIRTHDATE.equals(field.prefill()) ? "bday-" + key : "off"))
                .toList();
    }

    /** A date that was filled in or sent is one ISO 8601 text; people type three numbers. */
    private static Map<String, String> values(Field field, @Nullable Answer answer) {
        if (answer instanceof Answer.Parts(Map<String, String> typed)) {
            return typed;
        }
        if (answer instanceof Answer.Text(String value) && !value.isBlank()) {
            if (field.type() == FieldType.ADDRESS) {
                return Map.of("line1", value);
            }
            try {
                LocalDate date = LocalDate.parse(value.strip());
                return Map.of(
                        "day",
                        String.valueOf(date.getDayOfMonth()),
                        "month",
                        String.valueOf(date.getMonthValue()),
                        "year",
                        String.valueOf(date.getYear()));
            } catch (DateTimeException notADate) {
                return Map.of("day", value);
            }
        }
        return Map.of();
    }

    private List<Question.Row> rows(
            Field group, String path, @Nullable Answer answer, List<Problem> problems, Sheet sheet) {
        if (group.type() != FieldType.GROUP) {
            return List.of();
        }
        List<AnswerText.Row> rows = words.rows(group, answer, sheet.locale(), sheet.currency());
        return IntStream.range(0, rows.size())
                .mapToObj(number -> {
                    String row = path + "[" + number + "].";
                    List<String> errors = problems.stream()
                            .filter(problem -> problem.path().startsWith(row))
                            .map(problem -> group.fields().stream()
                                    .filter(field -> concerns(problem, row + field.id()))
                                    .findFirst()
                                    .map(field -> problemTexts.withQuestion(problem, field, sheet.locale()))
                                    .orElse(problem.code().name()))
                            .toList();
                    return new Question.Row(number, rows.get(number).title(), errors);
                })
                .toList();
    }

    /** What the page's inputs hold for the answer: two answers that look the same on the page are the same to a person. */
    public static boolean looksTheSame(Field field, @Nullable Answer one, @Nullable Answer other) {
        boolean nothing = one == null || one.isEmpty();
        if (nothing || other == null || other.isEmpty()) {
            return nothing && (other == null || other.isEmpty());
        }
        if (one instanceof Answer.DontKnow || other instanceof Answer.DontKnow || field.type() == FieldType.GROUP) {
            return one.equals(other);
        }
        if (AnswerForm.isParts(field)) {
            Map<String, String> values = values(field, one);
            Map<String, String> others = values(field, other);
            return Stream.concat(values.keySet().stream(), others.keySet().stream())
                    .allMatch(key -> values.getOrDefault(key, "").equals(others.getOrDefault(key, "")));
        }
        if (one instanceof Answer.Choices(List<String> chosen) && other instanceof Answer.Choices(List<String> too)) {
            return Set.copyOf(chosen).equals(Set.copyOf(too));
        }
        return value(field, one).equals(value(field, other));
    }

    private static String value(Field field, @Nullable Answer answer) {
        return answer instanceof Answer.Text(String value) && !AnswerForm.isParts(field) ? value : "";
    }

    private static boolean concerns(Problem problem, String path) {
        return problem.path().equals(path)
                || problem.path().startsWith(path + ".")
                || problem.path().startsWith(path + "[");
    }

    private static String target(Problem problem, String id, List<Part> parts) {
        String wanted = id(problem.path());
        return parts.stream()
                .map(Part::id)
                .filter(wanted::equals)
                .findFirst()
                .orElse(parts.isEmpty() ? id : parts.getFirst().id());
    }

    private String hint(Field field, Locale locale) {
        String hint = field.hint().in(locale);
        return hint.isBlank() && field.type() == FieldType.DATE
                ? texts.getMessage("field.date-hint", null, locale)
                : hint;
    }

    private static @Nullable String inputMode(Field field) {
        return switch (field.type()) {
            case NUMBER ->
                field.constraints().decimals() == null || field.constraints().decimals() == 0 ? "numeric" : "decimal";
            case MONEY -> "decimal";
            case DATE -> "numeric";
            default -> null;
        };
    }

    private static @Nullable String autocomplete(Field field) {
        String known = field.prefill() == null ? null : AUTOCOMPLETE.get(field.prefill());
        return known != null
                ? known
                : switch (field.type()) {
                    case PHONE -> "tel";
                    case EMAIL -> "email";
                    default -> null;
                };
    }

    private static String width(Field field) {
        return switch (field.type()) {
            case NUMBER, MONEY -> "govuk-input--width-10";
            case PHONE -> "govuk-input--width-20";
            default -> "";
        };
    }

    private static int longest(Field field) {
        Integer most = field.constraints().maxLength();
        return most == null ? 4_000 : most;
    }

    private static String id(String path) {
        return "q-" + path.replace("[", "-").replaceAll("[].]+", "-");
    }
}
