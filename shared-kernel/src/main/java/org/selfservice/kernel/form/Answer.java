package org.selfservice.kernel.form;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person answered, as typed while it is a draft, normalized once it was sent. Never prints its content. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Answer.Choices.class, name = "choices"),
    @JsonSubTypes.Type(value = Answer.Parts.class, name = "parts"),
    @JsonSubTypes.Type(value = Answer.Rows.class, name = "rows"),
    @JsonSubTypes.Type(value = Answer.DontKnow.class, name = "dont-know")
})
public sealed interface Answer {

    /** Whether nothing was given: blank, no choice, no part, no row. "I do not know" is not empty. */
    boolean isEmpty();

    static Answer text(String value) {
        return new Text(value);
    }

    record Text(String value) implements Answer {
        @Override
        public boolean isEmpty() {
            return value.isBlank();
        }

        @Override
        public String toString() {
            return "[personal]";
        }
    }

    record Choices(List<String> values) implements Answer {
        public Choices {
            values = List.copyOf(values);
        }

        @Override
        public boolean isEmpty() {
            return values.isEmpty();
        }

        @Override
        public String toString() {
            return "[personal]";
        }
    }

    record Parts(Map<String, String> values) implements Answer {
        public Parts {
            values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public boolean isEmpty() {
            return values.values().stream().allMatch(String::isBlank);
        }

        public String part(String name) {
            return values.getOrDefault(name, "");
        }

        @Override
        public String toString() {
            return "[personal]";
        }
    }

    /** Each row holds the answers of the group's fields by their ids. */
    record Rows(List<Map<String, Answer>> rows) implements Answer {
        public Rows {
            rows = List.copyOf(rows);
        }

        @Override
        public boolean isEmpty() {
            return rows.isEmpty();
        }

        @Override
        public String toString() {
            return "[personal]";
        }
    }

    record DontKnow() implements Answer {
        @Override
        public boolean isEmpty() {
            return false;
        }
    }
}
