package org.selfservice.web.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Page;
import org.springframework.util.MultiValueMap;

/**
 * Posted parameters as answers. The parameter of a field is {@code answer.} and the field's path: {@code answer.name},
 * {@code answer.birthdate.day}, {@code answer.members[0].name}. A browser posts nothing for radios and checkboxes that
 * are not chosen, so a page names the questions it showed in {@code shown}: those without a parameter were left empty,
 * all others are not touched.
 */
public final class AnswerForm {
    public static final String PREFIX = "answer.";
    /** Value of a choice that stands for "I do not know"; no option's value can be it. */
    public static final String DONT_KNOW = "?";

    static final String DONT_KNOW_PART = "dont-know";
    static final List<String> DATE_PARTS = List.of("day", "month", "year");
    static final List<String> ADDRESS_PARTS = List.of("line1", "line2", "town", "region", "postcode");

    /** What pages post beside answers. */
    private static final Set<String> CONTROLS =
            Set.of("_csrf", "exit", "leave", "lang", "basis", "from", "shown", "confirmation");

    private static final String KEEP = "keep.";
    /** As many values of one choice, and rows of one group, as are looked at; a form allows far fewer. */
    private static final int MOST = 200;

    private static final Pattern ROW = Pattern.compile("\\[(\\d{1,3})]\\.(.+)");

    private AnswerForm() {}

    public static Map<String, Answer> parse(FormDefinition form, MultiValueMap<String, String> posted) {
        return parse(form.fields().toList(), posted);
    }

    public static Map<String, Answer> parse(Page page, MultiValueMap<String, String> posted) {
        return parse(page.fields(), posted);
    }

    public static Map<String, Answer> parse(List<Field> fields, MultiValueMap<String, String> posted) {
        return parse(fields, "", posted, Map.of());
    }

    /**
     * @param path what the fields' paths begin with: empty, or a row such as {@code members[2].}
     * @param stored answers that the page was filled in with: "I do not know" gives way to what was typed beside it when it
     *     was chosen before, and wins when it was not
     * @return by field id; an empty answer for a question that was shown and left empty
     */
    public static Map<String, Answer> parse(
            List<Field> fields, String path, MultiValueMap<String, String> posted, Map<String, Answer> stored) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        List<String> shown = posted.getOrDefault("shown", List.of());
        for (Field field : fields) {
            String name = PREFIX + path + field.id();
            Answer answer = answer(field, name, posted, shown, stored.get(field.id()));
            if (answer != null) {
                answers.put(field.id(), answer);
            } else if (field.type() != FieldType.FILE && shown.contains(path + field.id())) {
                answers.put(field.id(), empty(field));
            }
        }
        return answers;
    }

    /** Names of parameters that neither a field nor a control of the page has, in the order of posting. */
    public static List<String> unknown(List<Field> fields, String path, MultiValueMap<String, String> posted) {
        return posted.keySet().stream()
                .filter(name -> !CONTROLS.contains(name))
                .filter(name -> !(name.startsWith(KEEP) && has(fields, path, name.substring(KEEP.length()), true)))
                .filter(name -> !(name.startsWith(PREFIX) && has(fields, path, name.substring(PREFIX.length()), false)))
                .toList();
    }

    /** The answer that says nothing, in the shape that the field takes. */
    public static Answer empty(Field field) {
        return switch (field.type()) {
            case CHECKBOXES -> new Answer.Choices(List.of());
            case DATE, ADDRESS -> new Answer.Parts(Map.of());
            case GROUP -> new Answer.Rows(List.of());
            default -> Answer.text("");
        };
    }

    private static @Nullable Answer answer(
            Field field,
            String name,
            MultiValueMap<String, String> posted,
            List<String> shown,
            @Nullable Answer stored) {
        Answer typed = switch (field.type()) {
            case FILE -> null;
            case CHECKBOXES -> choices(posted.get(name));
            case DATE -> parts(name, DATE_PARTS, posted);
            case ADDRESS -> parts(name, ADDRESS_PARTS, posted);
            case GROUP -> rows(field, name, posted, shown);
            default -> posted.getFirst(name) == null ? null : Answer.text(lines(posted.getFirst(name)));
        };
        if (!field.mayNotKnow()) {
            return typed;
        }
        boolean chosen = typed instanceof Answer.Text(String value) && value.equals(DONT_KNOW)
                || typed instanceof Answer.Choices(List<String> values) && values.contains(DONT_KNOW);
        boolean ticked = DONT_KNOW.equals(posted.getFirst(name + "." + DONT_KNOW_PART))
                && !(stored instanceof Answer.DontKnow && typed != null && !typed.isEmpty());
        return chosen || ticked ? new Answer.DontKnow() : typed;
    }

    private static @Nullable Answer choices(@Nullable List<String> values) {
        return values == null
                ? null
                : new Answer.Choices(values.stream()
                        .filter(value -> value != null && !value.isBlank())
                        .distinct()
                        .limit(MOST)
                        .toList());
    }

    private static @Nullable Answer parts(String name, List<String> keys, MultiValueMap<String, String> posted) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String key : keys) {
            String value = posted.getFirst(name + "." + key);
            if (value != null) {
                parts.put(key, lines(value));
            }
        }
        return parts.isEmpty() ? null : new Answer.Parts(parts);
    }

    private static @Nullable Answer rows(
            Field group, String name, MultiValueMap<String, String> posted, List<String> shown) {
        Map<Integer, Boolean> numbers = new TreeMap<>();
        for (String parameter : posted.keySet()) {
            if (parameter.startsWith(name)) {
                Matcher row = ROW.matcher(parameter.substring(name.length()));
                if (row.matches()) {
                    numbers.put(Integer.valueOf(row.group(1)), true);
                }
            }
        }
        if (numbers.isEmpty()) {
            return null;
        }
        String path = name.substring(PREFIX.length());
        List<Map<String, Answer>> rows = new ArrayList<>();
        for (int number : numbers.keySet().stream().limit(MOST).toList()) {
            Map<String, Answer> row = parse(group.fields(), path + "[" + number + "].", posted, Map.of());
            if (row.values().stream().anyMatch(answer -> !answer.isEmpty())) {
                rows.add(row);
            }
        }
        return new Answer.Rows(rows);
    }

    private static boolean has(List<Field> fields, String path, String wanted, boolean keep) {
        if (!wanted.startsWith(path)) {
            return false;
        }
        String rest = wanted.substring(path.length());
        for (Field field : fields) {
            if (rest.equals(field.id())) {
                return keep || field.type() != FieldType.FILE && field.type() != FieldType.GROUP && !isParts(field);
            }
            if (!rest.startsWith(field.id())) {
                continue;
            }
            String tail = rest.substring(field.id().length());
            if (field.type() == FieldType.GROUP) {
                Matcher row = ROW.matcher(tail);
                if (row.matches() && has(field.fields(), "", row.group(2), keep)) {
                    return true;
                }
            } else if (tail.equals("." + DONT_KNOW_PART) && field.mayNotKnow()) {
                return true;
            } else if (isParts(field) && tail.startsWith(".")) {
                List<String> parts = field.type() == FieldType.DATE ? DATE_PARTS : ADDRESS_PARTS;
                if (parts.contains(tail.substring(1))) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean isParts(Field field) {
        return field.type() == FieldType.DATE || field.type() == FieldType.ADDRESS;
    }

    /** Browsers post line ends as CR LF; a person typed one. */
    private static String lines(String value) {
        return value.replace("\r\n", "\n").replace('\r', '\n');
    }
}
