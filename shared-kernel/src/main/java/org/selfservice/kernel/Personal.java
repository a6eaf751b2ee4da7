package org.selfservice.kernel;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that tells something about a person. It is stored encrypted with the key of its event's {@link Event#scope()};
 * when that key was destroyed it reads as {@link Erased}. It never prints its content.
 */
public sealed interface Personal<T> {

    static <T> Personal<T> of(T value) {
        return new Known<>(value);
    }

    @SuppressWarnings("unchecked")
    static <T> Personal<T> erased() {
        return (Personal<T>) Erased.ERASED;
    }

    /** The value, or {@code otherwise} when it was erased. */
    T or(T otherwise);

    default @Nullable T orNull() {
        return this instanceof Known<T>(T value) ? value : null;
    }

    default boolean isErased() {
        return this instanceof Erased;
    }

    default <R> Personal<R> map(Function<? super T, ? extends R> change) {
        return this instanceof Known<T>(T value) ? of(change.apply(value)) : erased();
    }

    record Known<T>(T value) implements Personal<T> {
        @Override
        public T or(T otherwise) {
            return value;
        }

        @Override
        public String toString() {
            return "[personal]";
        }
    }

    record Erased<T>() implements Personal<T> {
        private static final Erased<?> ERASED = new Erased<>();

        @Override
        public T or(T otherwise) {
            return otherwise;
        }

        @Override
        public String toString() {
            return "[erased]";
        }
    }
}
