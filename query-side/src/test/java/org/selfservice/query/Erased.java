package org.selfservice.query;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.selfservice.kernel.Personal;

/** Records as they are read after their scope's key was destroyed. */
public final class Erased {
    private Erased() {}

    public static <T> T of(T record) {
        return change(record);
    }

    @SuppressWarnings("unchecked")
    private static <T> T change(T value) {
        if (value instanceof Personal<?>) {
            return (T) Personal.erased();
        }
        if (value instanceof List<?> list) {
            return (T) list.stream().map(Erased::change).toList();
        }
        if (!(value instanceof Record)) {
            return value;
        }
        try {
            RecordComponent[] components = value.getClass().getRecordComponents();
            Constructor<T> constructor = (Constructor<T>) value.getClass()
                    .getDeclaredConstructor(
                            Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = change(components[i].getAccessor().invoke(value));
            }
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
