package org.selfservice.kernel.form;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The questions of one form version, in pages. Field ids are unique over the whole definition and stable over versions. */
public record FormDefinition(List<Page> pages) {
    public FormDefinition {
        pages = List.copyOf(pages);
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
