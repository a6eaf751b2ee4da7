package org.selfservice.store;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * A fingerprint of a class's stored fields and of the portal's own types in them, down to what is no longer the portal's. It
 * is a snapshot's revision: what was stored by another shape is not read.
 */
final class Shape {
    private static final ClassValue<String> SHAPES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            CRC32 sum = new CRC32();
            sum.update(describe(type, new HashSet<>()).getBytes(StandardCharsets.UTF_8));
            return Long.toHexString(sum.getValue());
        }
    };

    private Shape() {}

    static String of(Class<?> snapshot) {
        return SHAPES.get(snapshot);
    }

    private static String describe(Type type, Set<Type> seen) {
        if (type instanceof ParameterizedType generic) {
            return describe(generic.getRawType(), seen)
                    + Arrays.stream(generic.getActualTypeArguments())
                            .map(argument -> describe(argument, seen))
                            .collect(Collectors.joining(",", "<", ">"));
        }
        if (!(type instanceof Class<?> own) || !own.getName().startsWith("org.selfservice.") || own.isEnum()) {
            return type.getTypeName();
        }
        if (!seen.add(own)) {
            return own.getSimpleName();
        }
        if (own.isSealed()) {
            return Arrays.stream(own.getPermittedSubclasses())
                    .map(member -> member.getSimpleName() + describe(member, seen))
                    .collect(Collectors.joining("|", "(", ")"));
        }
        return fields(own)
                .map(field -> field.getName() + ":" + describe(field.getGenericType(), seen))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Stream<Field> fields(Class<?> type) {
        if (type == null || type == Object.class) {
            return Stream.empty();
        }
        Stream<Field> own = Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .filter(field -> !Modifier.isTransient(field.getModifiers()))
                .peek(field -> {
                    if (Modifier.isFinal(field.getModifiers()) && Snapshot.class.isAssignableFrom(type)) {
                        throw new IllegalStateException("a final field would not be read back: " + field);
                    }
                });
        return Stream.concat(fields(type.getSuperclass()), own);
    }
}
