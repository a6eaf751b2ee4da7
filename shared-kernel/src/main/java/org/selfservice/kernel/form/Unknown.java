package org.selfservice.kernel.form;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What answers name that the form does not have. */
final class Unknown {
    private Unknown() {}

    static void in(List<Field> fields, Map<String, Answer> answers, String prefix, List<String> paths) {
        Map<String, Field> known =
                fields.stream().collect(Collectors.toMap(Field::id, Function.identity(), (first, second) -> first));
        new TreeMap<>(answers).forEach((id, answer) -> {
            Field field = known.get(id);
            String path = prefix + id;
            if (field == null || field.type() == FieldType.FILE) {
                paths.add(path);
            } else if (answer instanceof Answer.Rows(List<Map<String, Answer>> rows)) {
                for (int i = 0; i < rows.size(); i++) {
                    in(field.fields(), rows.get(i), path + "[" + i + "].", paths);
                }
            } else if (answer instanceof Answer.Parts(Map<String, String> parts)) {
                Set<String> takes = Set.copyOf(Reading.parts(field.type()));
                parts.keySet().stream()
                        .filter(part -> !takes.contains(part))
                        .map(part -> path + "." + part)
                        .forEach(paths::add);
            }
        });
    }
}
