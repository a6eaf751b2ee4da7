package org.selfservice.query.audit;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.audit.AuditQuery.Change;
import org.selfservice.kernel.audit.AuditQuery.Fact;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;

/**
 * A record as names and values, by which two moments can be compared. What only says how far somebody has read, and what
 * history tells by itself, is left out.
 */
final class Facts {
    private static final Set<String> LEFT_OUT =
            Set.of("sequence", "seen", "answersSeenAt", "submissionEvent", "timeline", "help", "savedAt", "changed");

    /** Stands for a value whose key was destroyed. */
    private static final String ERASED = "\0erased";

    /** Looked up once for each type, as that is slow. */
    private static final ClassValue<Part[]> PARTS = new ClassValue<>() {
        @Override
        protected Part[] computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(component -> new Part(component.getName(), component.getAccessor()))
                    .toArray(Part[]::new);
        }
    };

    private record Part(String name, Method accessor) {
        Part {
            accessor.setAccessible(true);
        }

        @Nullable
        Object of(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException cannot) {
                throw new IllegalStateException(name + " of " + record.getClass() + " cannot be read", cannot);
            }
        }
    }

    private final Map<String, String> values = new LinkedHashMap<>();

    private Facts() {}

    static Facts of(Object shown) {
        Facts facts = new Facts();
        facts.add("", shown);
        return facts;
    }

    boolean anyErased() {
        return values.containsValue(ERASED);
    }

    List<Fact> list() {
        return values.entrySet().stream()
                .map(entry -> new Fact(entry.getKey(), readable(entry.getValue())))
                .toList();
    }

    /** What is other in the later ones, in their order; last what is not there any more. */
    List<Change> until(Facts later) {
        Set<String> names = new LinkedHashSet<>(later.values.keySet());
        names.addAll(values.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            String before = values.get(name);
            String after = later.values.get(name);
            if (before == null || !before.equals(after)) {
                changes.add(new Change(
                        name, readable(before), readable(after), ERASED.equals(before) || ERASED.equals(after)));
            }
        }
        return changes;
    }

    /** What an event said that cannot be read any more. */
    List<Change> erased() {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().equals(ERASED))
                .map(entry -> new Change(entry.getKey(), null, null, true))
                .toList();
    }

    private static @Nullable String readable(@Nullable String value) {
        return ERASED.equals(value) ? null : value;
    }

    private void add(String name, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Personal.Known<?>(Object known) -> add(name, known);
            case Personal.Erased<?> _ -> values.put(name, ERASED);
            case Answer.Text(String text) -> values.put(name, text);
            case Answer.Choices(List<String> chosen) -> values.put(name, String.join(", ", chosen));
            case Answer.Parts(Map<String, String> parts) -> add(name, parts);
            case Answer.Rows(List<Map<String, Answer>> rows) -> add(name, rows);
            case LocalizedText text -> add(name, text.byLanguage());
            // what was not sent is its person's alone
            case ApplicationSummary summary when summary.submittedAt() == null -> {}
            case Map<?, ?> map -> map.forEach((key, one) -> add(join(name, key.toString()), one));
            case Collection<?> several -> addAll(name, several);
            case Record record when isPlain(record) -> values.put(name, record.toString());
            case Record record -> {
                Part[] parts = PARTS.get(record.getClass());
                for (Part part : parts) {
                    if (!LEFT_OUT.contains(part.name())) {
                        add(join(name, part.name()), part.of(record));
                    }
                }
                if (parts.length == 0) {
                    values.put(name, record.getClass().getSimpleName());
                }
            }
            default -> values.put(name, value.toString());
        }
    }

    /** Plain ones together; others each by what tells them apart, or by their number. */
    private void addAll(String name, Collection<?> several) {
        if (several.stream().allMatch(Facts::isPlain)) {
            if (!several.isEmpty()) {
                values.put(
                        name,
                        String.join(
                                ", ",
                                several.stream()
                                        .map(Object::toString)
                                        .sorted(several instanceof Set ? String::compareTo : (_, _) -> 0)
                                        .toList()));
            }
            return;
        }
        List<String> keys = several.stream().map(Facts::key).toList();
        boolean apart = !keys.contains("") && new HashSet<>(keys).size() == keys.size();
        int number = 0;
        for (Object one : several) {
            add(name + "[" + (apart ? keys.get(number) : number + 1) + "]", one);
            number++;
        }
    }

    /** The first component, where it is plain; else nothing. */
    private static String key(Object one) {
        if (one instanceof Record record && !(one instanceof Answer)) {
            Part[] parts = PARTS.get(record.getClass());
            Object first = parts.length == 0 ? null : parts[0].of(record);
            return first != null && isPlain(first) ? first.toString() : "";
        }
        return "";
    }

    /** Whether it prints as what it is: texts, numbers, times, codes and ids. */
    private static boolean isPlain(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Answer _, Personal<?> _, LocalizedText _, Map<?, ?> _, Collection<?> _ -> false;
            case Record record -> {
                Part[] parts = PARTS.get(record.getClass());
                yield parts.length == 1
                        && parts[0].accessor().getReturnType() == String.class
                        && record.toString().equals(parts[0].of(record));
            }
            default -> true;
        };
    }

    private static String join(String name, String more) {
        return name.isEmpty() ? more : name + "." + more;
    }
}
