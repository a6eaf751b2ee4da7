package org.selfservice.web;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/**
 * The shape of what was read from JSON, beyond its types: nothing is missing unless it is declared nullable, texts can be
 * stored, numbers have a sensible size.
 */
public final class Shape {
    private static final int MOST_DIGITS = 30;

    private Shape() {}

    /** @throws Refused INVALID, detail {@code field}: where in the body, such as {@code pages[0].title} */
    public static void check(String path, @Nullable Object value) {
        switch (value) {
            case null -> throw invalid(path);
            case String text -> refuseIf(!isStorable(text), path);
            case BigDecimal number ->
                refuseIf(Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS, path);
            case LocalizedText text ->
                text.byLanguage().forEach((language, words) -> {
                    refuseIf(!language.matches("[a-z]{2,3}"), path);
                    check(path, words);
                });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    check(path + "[" + i + "]", list.get(i));
                }
            }
            case Map<?, ?> map -> map.forEach((key, one) -> check(path, one));
            case Record record -> {
                for (RecordComponent component : record.getClass().getRecordComponents()) {
                    Object part = part(record, component);
                    if (part != null || !isNullable(component.getAnnotatedType())) {
                        check(path.isEmpty() ? component.getName() : path + "." + component.getName(), part);
                    }
                }
            }
            default -> {
                // dates, enums and the like cannot be half right
            }
        }
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object part(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException cannot) {
            throw new IllegalStateException(cannot);
        }
    }

    /** Half a surrogate pair has no UTF-8 form, and NUL none in PostgreSQL's texts. */
    private static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static void refuseIf(boolean wrong, String path) {
        if (wrong) {
            throw invalid(path);
        }
    }

    private static Refused invalid(String path) {
        return new Refused(RefusalCode.INVALID, path.isEmpty() ? Map.of() : Map.of("field", path));
    }
}
