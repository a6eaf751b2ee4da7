package org.selfservice.web.form.staff;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Page;

/**
 * A definition with one thing changed. A field's path is its id, {@code members.name} in a group. A draft may have mistakes;
 * of several things with the same id the first is meant.
 */
final class Editing {
    private Editing() {}

    /** Where a question stands. */
    record Place(Page page, @Nullable Field group, Field field) {
        List<Field> siblings() {
            return group == null ? page.fields() : group.fields();
        }

        String path() {
            return group == null ? field.id() : group.id() + "." + field.id();
        }
    }

    static Optional<Place> find(FormDefinition form, String path) {
        String[] ids = path.split("\\.", 2);
        for (Page page : form.pages()) {
            for (Field field : page.fields()) {
                if (field.id().equals(ids[0])) {
                    return ids.length == 1
                            ? Optional.of(new Place(page, null, field))
                            : field.fields().stream()
                                    .filter(one -> one.id().equals(ids[1]))
                                    .findFirst()
                                    .map(one -> new Place(page, field, one));
                }
            }
        }
        return Optional.empty();
    }

    static FormDefinition withPage(FormDefinition form, Page page) {
        return pages(form, pages -> pages.add(page));
    }

    static FormDefinition withPage(FormDefinition form, String id, UnaryOperator<Page> change) {
        return pages(form, pages -> replace(pages, page -> page.id().equals(id), change));
    }

    static FormDefinition withoutPage(FormDefinition form, String id) {
        return pages(form, pages -> remove(pages, page -> page.id().equals(id)));
    }

    static FormDefinition withField(FormDefinition form, Page page, @Nullable Field group, Field field) {
        return group == null
                ? withPage(form, page.id(), one -> with(one, added(one.fields(), field)))
                : replaced(form, group.id(), one -> one.asking(added(one.fields(), field)));
    }

    static FormDefinition withoutField(FormDefinition form, Place place) {
        return siblings(
                form,
                place,
                fields ->
                        remove(fields, field -> field.id().equals(place.field().id())));
    }

    /** The same place, the conditions of others follow a new id, and another page when it is to stand there. */
    static FormDefinition withField(FormDefinition form, Place place, Field field, Page page) {
        String before = place.field().id();
        FormDefinition changed = place.group() != null
                        || page.id().equals(place.page().id())
                ? siblings(
                        form, place, fields -> replace(fields, one -> one.id().equals(before), _ -> field))
                : withField(withoutField(form, place), page, null, field);
        return before.equals(field.id()) ? changed : renamed(changed, place, field.id());
    }

    /** @param step -1 for up, 1 for down; beyond the ends nothing moves */
    static FormDefinition moved(FormDefinition form, Place place, int step) {
        return siblings(form, place, fields -> move(fields, fields.indexOf(place.field()), step));
    }

    static FormDefinition moved(FormDefinition form, Page page, int step) {
        return pages(form, pages -> move(pages, pages.indexOf(page), step));
    }

    static FormDefinition inRegion(FormDefinition form, @Nullable String region) {
        return new FormDefinition(form.pages(), region);
    }

    /** Fields that a condition may be about, in order: for a page what stands before it. */
    static List<Field> earlier(FormDefinition form, @Nullable Page page) {
        List<Field> earlier = new ArrayList<>();
        for (Page one : form.pages()) {
            if (page != null && one.id().equals(page.id())) {
                break;
            }
            earlier.addAll(one.fields());
        }
        return earlier;
    }

    /** The same for a question; a new one stands last on its page, or in its group. */
    static List<Field> earlier(FormDefinition form, Page page, @Nullable Field group, @Nullable Field field) {
        List<Field> earlier = earlier(form, page);
        earlier.addAll(before(page.fields(), group == null ? field : group));
        if (group != null) {
            List<Field> inRow = before(group.fields(), field);
            Set<String> row =
                    new HashSet<>(group.fields().stream().map(Field::id).toList());
            earlier.removeIf(one -> row.contains(one.id()));
            earlier.addAll(inRow);
        }
        return earlier;
    }

    /** An id made of a text in English that none of the others has. */
    static String id(String text, String otherwise, int longest, Set<String> taken) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^[^a-z]+|_+$", "");
        String id = plain.isEmpty() ? otherwise : cut(plain, longest - 4);
        String free = id;
        for (int number = 2; taken.contains(free); number++) {
            free = id + "_" + number;
        }
        return free;
    }

    private static String cut(String id, int longest) {
        if (id.length() <= longest) {
            return id;
        }
        int word = id.lastIndexOf('_', longest);
        return id.substring(0, word > longest / 2 ? word : longest).replaceAll("_+$", "");
    }

    private static List<Field> before(List<Field> fields, @Nullable Field field) {
        int at = field == null ? -1 : fields.indexOf(field);
        return at < 0 ? fields : fields.subList(0, at);
    }

    private static FormDefinition siblings(FormDefinition form, Place place, Consumer<List<Field>> change) {
        Function<List<Field>, List<Field>> changed = fields -> {
            List<Field> all = new ArrayList<>(fields);
            change.accept(all);
            return all;
        };
        Field group = place.group();
        return group == null
                ? withPage(form, place.page().id(), page -> with(page, changed.apply(page.fields())))
                : replaced(form, group.id(), one -> one.asking(changed.apply(one.fields())));
    }

    private static FormDefinition replaced(FormDefinition form, String id, UnaryOperator<Field> change) {
        return find(form, id)
                .map(place -> siblings(
                        form, place, fields -> replace(fields, one -> one.id().equals(id), change)))
                .orElse(form);
    }

    private static FormDefinition renamed(FormDefinition form, Place place, String id) {
        String before = place.field().id();
        if (place.group() != null) {
            return replaced(
                    form,
                    place.group().id(),
                    group -> group.asking(group.fields().stream()
                            .map(one -> renamed(one, before, id))
                            .toList()));
        }
        return pages(
                form,
                pages -> pages.replaceAll(page -> new Page(
                        page.id(),
                        page.title(),
                        page.hint(),
                        renamed(page.showIf(), before, id),
                        page.fields().stream()
                                .map(one -> renamed(one, before, id))
                                .toList())));
    }

    private static Field renamed(Field field, String before, String id) {
        Condition condition = renamed(field.showIf(), before, id);
        Field changed = condition == null ? field : field.when(condition);
        // A group's own question of that name is another one.
        boolean hidden = field.fields().stream().anyMatch(one -> one.id().equals(before));
        return field.fields().isEmpty() || hidden
                ? changed
                : changed.asking(field.fields().stream()
                        .map(one -> renamed(one, before, id))
                        .toList());
    }

    private static @Nullable Condition renamed(@Nullable Condition condition, String before, String id) {
        return condition == null
                ? null
                : new Condition(
                        condition.match(),
                        condition.tests().stream()
                                .map(test -> test.field().equals(before)
                                        ? new Condition.Test(id, test.operator(), test.value())
                                        : test)
                                .toList());
    }

    private static FormDefinition pages(FormDefinition form, Consumer<List<Page>> change) {
        List<Page> pages = new ArrayList<>(form.pages());
        change.accept(pages);
        return new FormDefinition(pages, form.region());
    }

    private static Page with(Page page, List<Field> fields) {
        return new Page(page.id(), page.title(), page.hint(), page.showIf(), fields);
    }

    static Page with(Page page, LocalizedText title, LocalizedText hint, @Nullable Condition showIf) {
        return new Page(page.id(), title, hint, showIf, page.fields());
    }

    private static List<Field> added(List<Field> fields, Field field) {
        List<Field> all = new ArrayList<>(fields);
        all.add(field);
        return all;
    }

    private static <T> void replace(List<T> all, Predicate<T> which, UnaryOperator<T> change) {
        for (int at = 0; at < all.size(); at++) {
            if (which.test(all.get(at))) {
                all.set(at, change.apply(all.get(at)));
                return;
            }
        }
    }

    private static <T> void remove(List<T> all, Predicate<T> which) {
        for (int at = 0; at < all.size(); at++) {
            if (which.test(all.get(at))) {
                all.remove(at);
                return;
            }
        }
    }

    private static <T> void move(List<T> all, int from, int step) {
        int to = from + step;
        if (from >= 0 && to >= 0 && to < all.size()) {
            Collections.swap(all, from, to);
        }
    }
}
