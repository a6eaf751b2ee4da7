package org.selfservice.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list is filtered by: all of it holds of each of its lines. */
final class Conditions {
    private final List<String> sql = new ArrayList<>(List.of("true"));
    private final List<Object> values = new ArrayList<>();

    /** @param value null when it does not matter */
    Conditions and(String condition, @Nullable Object value) {
        if (value != null) {
            sql.add(condition);
            // no text of the database has this sign: none is found by it, and none by what stands for it
            values.add(value instanceof String text ? text.replace('\0', '\uFFFE') : value);
        }
        return this;
    }

    String sql() {
        return String.join(" and ", sql);
    }

    Object[] values(Object... more) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return all.toArray();
    }
}
