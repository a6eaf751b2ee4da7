package org.selfservice.kernel.form;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The questions of one form version, in pages. Field ids are unique over the whole definition and stable over versions.
 *
 * @param region ISO 3166-1 alpha-2, where phone numbers without country code belong; null when they need one
 */
public record FormDefinition(List<Page> pages, @Nullable String region) {
    public FormDefinition {
        pages = List.copyOf(pages);
    }

    public FormDefinition(List<Page> pages) {
        this(pages, null);
    }

    /** The same questions, asked in that country. */
    public FormDefinition in(String country) {
        return new FormDefinition(pages, country);
    }

    /** The fields of all pages in order; a group's own fields are reached through the group. */
    public Stream<Field> fields() {
        return pages.stream().flatMap(page -> page.fields().stream());
    }

    public Optional<Field> field(String id) {
        return fields().filter(field -> field.id().equals(id)).findFirst();
    }

    public Optional<Page> page(String id) {
        return pages.stream().filter(page -> page.id().equals(id)).findFirst();
    }
}
