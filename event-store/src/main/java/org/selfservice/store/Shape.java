package org.selfservice.store;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** A fingerprint of a class's stored fields, which is a snapshot's revision. */
final class Shape {
    private static final ClassValue<String> SHAPES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return compute(type);
        }
    };

    private Shape() {}

    static String of(Class<?> snapshot) {
        return SHAPES.get(snapshot);
    }

    private static String compute(Class<?> snapshot) {
        List<String> fields = new ArrayList<>();
        for (Class<?> type = snapshot; type != Object.class; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()))
                    .filter(field -> !Modifier.isTransient(field.getModifiers()))
                    .map(Shape::describe)
                    .sorted()
                    .forEach(fields::add);
        }
        CRC32 sum = new CRC32();
        sum.update(String.join("\n", fields).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    private static String describe(Field field) {
        if (Modifier.isFinal(field.getModifiers())) {
            throw new IllegalStateException("a final field would not be read back: " + field);
        }
        return field.getName() + ": " + field.getGenericType().getTypeName();
    }
}
