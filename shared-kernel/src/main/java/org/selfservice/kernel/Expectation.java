package org.selfservice.kernel;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far the sender of a command knows its stream. It is weighed where the command is decided, against the very state that
 * decides: there is nothing between the look and the deed. Travels as message metadata; no event keeps it.
 *
 * @param sequences of which one must be that of the stream's last event; none that may be met means that nothing can meet it
 * @param anyVersion whether it is enough that the stream exists
 */
public record Expectation(Set<Long> sequences, boolean anyVersion) {
    private static final String KEY = "expected";
    private static final String ANY = "*";

    public Expectation {
        sequences = Set.copyOf(sequences);
    }

    /** @param last sequence number of the stream's last event; null when there is none */
    public boolean isMetBy(@Nullable Long last) {
        return last != null && (anyVersion || sequences.contains(last));
    }

    public Map<String, String> toMetaData() {
        String text = sequences.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
        return Map.of(KEY, anyVersion ? ANY : text);
    }

    /** @return null when the sender expects nothing */
    public static @Nullable Expectation from(Map<String, ?> data) {
        Object value = data.get(KEY);
        if (value == null) {
            return null;
        }
        String text = value.toString();
        if (text.equals(ANY)) {
            return new Expectation(Set.of(), true);
        }
        Set<Long> sequences = Arrays.stream(text.split(","))
                .filter(part -> !part.isEmpty())
                .map(Long::valueOf)
                .collect(Collectors.toSet());
        return new Expectation(sequences, false);
    }
}
