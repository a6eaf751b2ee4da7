package org.selfservice.kernel.form;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.FormRules.ProblemCode;

/** Finds what is wrong with a definition. Paths are a page's or a field's id, {@code members.name} for a field of a group. */
final class Mistakes {
    private static final Pattern FIELD_ID = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern PAGE_ID = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
    private static final Pattern OPTION = Pattern.compile("[a-z0-9_-]{1,40}");

    private final FormDefinition form;
    private final List<Problem> found = new ArrayList<>();

    Mistakes(FormDefinition form) {
        this.form = form;
    }

    List<Problem> found() {
        if (form.pages().isEmpty()) {
            add("pages", ProblemCode.REQUIRED, "pages");
        }
        if (form.region() != null && !Phones.isRegion(form.region())) {
            add("region", ProblemCode.NOT_AN_OPTION, "region");
        }
        Set<String> pages = new HashSet<>();
        Map<String, Field> earlier = new LinkedHashMap<>();
        Set<String> later = new HashSet<>(form.fields().map(Field::id).toList());
        for (Page page : form.pages()) {
            id(page.id(), page.id(), PAGE_ID, pages);
            if (page.title().isEmpty()) {
                add(page.id(), ProblemCode.REQUIRED, "title");
            }
            if (page.fields().isEmpty()) {
                add(page.id(), ProblemCode.REQUIRED, "fields");
            }
            condition(page.id(), page.showIf(), earlier, later);
            fields("", page.fields(), earlier, later);
        }
        return List.copyOf(found);
    }

    private void fields(String prefix, List<Field> fields, Map<String, Field> earlier, Set<String> all) {
        Set<String> before = new HashSet<>(prefix.isEmpty() ? earlier.keySet() : Set.of());
        for (Field field : fields) {
            String path = prefix + field.id();
            id(path, field.id(), FIELD_ID, before);
            if (field.label().isEmpty()) {
                add(path, ProblemCode.REQUIRED, "label");
            }
            condition(path, field.showIf(), earlier, all);
            options(path, field);
            limits(path, field.constraints());
            if (field.reportable() && field.identifies()) {
                add(path, ProblemCode.NOT_SUPPORTED, "reportable");
            }
            if (field.type() == FieldType.GROUP) {
                group(path, field, earlier, all);
            }
            earlier.put(field.id(), field);
        }
    }

    private void group(String path, Field group, Map<String, Field> earlier, Set<String> all) {
        if (group.fields().isEmpty()) {
            add(path, ProblemCode.REQUIRED, "fields");
        }
        for (Field field : group.fields()) {
            if (field.type() == FieldType.GROUP || field.type() == FieldType.FILE) {
                add(path + "." + field.id(), ProblemCode.NOT_SUPPORTED, "type");
            }
        }
        List<Field> rowFields = group.fields().stream()
                .filter(field -> field.type() != FieldType.GROUP)
                .toList();
        Map<String, Field> known = new LinkedHashMap<>(earlier);
        Set<String> allHere = new HashSet<>(all);
        for (Field field : rowFields) {
            known.remove(field.id());
            allHere.add(field.id());
        }
        fields(path + ".", rowFields, known, allHere);
    }

    private void id(String path, String id, Pattern shape, Set<String> before) {
        if (!shape.matcher(id).matches()) {
            add(path, ProblemCode.NOT_ALLOWED_CHARACTERS, "id");
        }
        if (!before.add(id)) {
            add(path, ProblemCode.DUPLICATE, "id");
        }
    }

    private void options(String path, Field field) {
        boolean takes = takesOptions(field.type());
        if (takes && field.options().isEmpty()) {
            add(path, ProblemCode.REQUIRED, "options");
        }
        Set<String> before = new HashSet<>();
        for (Option option : field.options()) {
            if (!OPTION.matcher(option.value()).matches()) {
                add(path, ProblemCode.NOT_ALLOWED_CHARACTERS, "options", "option", option.value());
            }
            if (!before.add(option.value())) {
                add(path, ProblemCode.DUPLICATE, "options", "option", option.value());
            }
            if (option.label().isEmpty()) {
                add(path, ProblemCode.REQUIRED, "options", "option", option.value());
            }
        }
    }

    private static boolean takesOptions(FieldType type) {
        return type == FieldType.RADIOS || type == FieldType.CHECKBOXES || type == FieldType.SELECT;
    }

    private void limits(String path, Constraints limits) {
        boolean good = inOrder(limits.minLength(), limits.maxLength(), 0)
                && inOrder(limits.minRows(), limits.maxRows(), 0)
                && inOrder(limits.min(), limits.max())
                && (limits.maxLength() == null || limits.maxLength() > 0)
                && (limits.maxRows() == null || limits.maxRows() > 0)
                && (limits.decimals() == null || (limits.decimals() >= 0 && limits.decimals() <= 9))
                && (limits.maxFiles() == null || limits.maxFiles() > 0)
                && (limits.maxBytes() == null || limits.maxBytes() > 0)
                && (limits.earliest() == null
                        || limits.latest() == null
                        || !limits.earliest().isAfter(limits.latest()));
        if (!good) {
            add(path, ProblemCode.LIMITS, "constraints");
        }
    }

    private static boolean inOrder(@Nullable Integer min, @Nullable Integer max, int least) {
        return (min == null || min >= least) && (min == null || max == null || min <= max);
    }

    private static boolean inOrder(@Nullable BigDecimal min, @Nullable BigDecimal max) {
        return min == null || max == null || min.compareTo(max) <= 0;
    }

    private void condition(String path, @Nullable Condition condition, Map<String, Field> earlier, Set<String> all) {
        if (condition == null) {
            return;
        }
        if (condition.tests().isEmpty()) {
            add(path, ProblemCode.REQUIRED, "showIf");
        }
        for (Condition.Test test : condition.tests()) {
            Field field = earlier.get(test.field());
            ProblemCode wrong = field != null
                    ? test(field, test)
                    : all.contains(test.field()) ? ProblemCode.NOT_EARLIER : ProblemCode.UNKNOWN_FIELD;
            if (wrong != null) {
                add(path, wrong, "showIf", "field", test.field());
            }
        }
    }

    private static @Nullable ProblemCode test(Field field, Condition.Test test) {
        boolean possible = switch (test.operator()) {
            case IS, IS_NOT ->
                switch (field.type()) {
                    case CHECKBOXES, ADDRESS, FILE, GROUP -> false;
                    default -> true;
                };
            case INCLUDES -> field.type() == FieldType.CHECKBOXES;
            case AT_LEAST, AT_MOST -> field.type() == FieldType.NUMBER || field.type() == FieldType.MONEY;
            case ANSWERED -> field.type() != FieldType.FILE;
        };
        if (!possible) {
            return ProblemCode.NOT_SUPPORTED;
        }
        return switch (test.operator()) {
            case ANSWERED -> null;
            case AT_LEAST, AT_MOST -> Numbers.parse(test.value()) == null ? ProblemCode.NOT_A_NUMBER : null;
            case IS, IS_NOT, INCLUDES -> isOption(field, test.value()) ? null : ProblemCode.NOT_AN_OPTION;
        };
    }

    private static boolean isOption(Field field, String value) {
        return field.type() == FieldType.YES_NO
                ? value.equals("yes") || value.equals("no")
                : !takesOptions(field.type())
                        || field.options().stream().anyMatch(one -> one.value().equals(value));
    }

    private void add(String path, ProblemCode code, String what) {
        found.add(new Problem(path, code, Map.of("what", what)));
    }

    private void add(String path, ProblemCode code, String what, String detail, String value) {
        found.add(new Problem(path, code, Map.of("what", what, detail, value)));
    }
}
