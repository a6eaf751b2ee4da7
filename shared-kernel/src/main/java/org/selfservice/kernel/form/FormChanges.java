package org.selfservice.kernel.form;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two definitions of a form, and which answers outlive the difference.
 *
 * @param pages that differ in themselves, whatever became of their questions
 * @param fields that differ, those of groups too; in the order of the newer definition, removed ones last
 */
public record FormChanges(List<PageChange> pages, List<FieldChange> fields, boolean region) {
    public FormChanges {
        pages = List.copyOf(pages);
        fields = List.copyOf(fields);
    }

    /** @param before null when it was added; {@code after} null when it was removed; aspects only when there are both */
    public record PageChange(
            String id, @Nullable Page before, @Nullable Page after, Set<Aspect> aspects) {}

    /** @param path the field's id, {@code members.name} in a group; otherwise as above */
    public record FieldChange(
            String path, @Nullable Field before, @Nullable Field after, Set<Aspect> aspects) {}

    public enum Aspect {
        LABEL,
        HINT,
        TYPE,
        REQUIRED,
        DONT_KNOW,
        LIMITS,
        OPTIONS,
        CONDITION,
        PREFILL,
        REPORTABLE,
        /** It stands on another page. */
        PAGE,
        /** It stands elsewhere among the questions, or pages, that both have. */
        ORDER
    }

    public static FormChanges between(FormDefinition before, FormDefinition after) {
        List<PageChange> pages = pages(before, after);
        List<FieldChange> fields = new ArrayList<>();
        Map<String, String> pageBefore = places(before);
        Map<String, String> pageAfter = places(after);
        compare("", before.fields().toList(), after.fields().toList(), pageBefore, pageAfter, fields);
        return new FormChanges(pages, fields, !Objects.equals(before.region(), after.region()));
    }

    public boolean isEmpty() {
        return pages.isEmpty() && fields.isEmpty() && !region;
    }

    /**
     * Whether an answer to the field is still one when a draft is brought up to the newer definition: there the field has
     * the same kind, and a group all of its questions in theirs.
     */
    public static boolean keeps(Field field, FormDefinition newer) {
        return newer.field(field.id())
                .filter(other -> other.type() == field.type() && keepsRows(field, other))
                .isPresent();
    }

    /** The fields whose answers and documents a draft loses when it is brought up to the newer definition. */
    public static List<Field> lost(FormDefinition before, FormDefinition newer) {
        return before.fields().filter(field -> !keeps(field, newer)).toList();
    }

    private static boolean keepsRows(Field group, Field other) {
        return group.fields().stream()
                .allMatch(asked -> other.fields().stream()
                        .anyMatch(one -> one.id().equals(asked.id()) && one.type() == asked.type()));
    }

    private static List<PageChange> pages(FormDefinition before, FormDefinition after) {
        List<PageChange> changes = new ArrayList<>();
        Set<String> moved = moved(
                before.pages().stream().map(Page::id).toList(),
                after.pages().stream().map(Page::id).toList());
        for (Page page : after.pages()) {
            Page old = before.page(page.id()).orElse(null);
            Set<Aspect> aspects = old == null ? EnumSet.noneOf(Aspect.class) : aspects(old, page, moved);
            if (old == null || !aspects.isEmpty()) {
                changes.add(new PageChange(page.id(), old, page, aspects));
            }
        }
        before.pages().stream()
                .filter(page -> after.page(page.id()).isEmpty())
                .forEach(page -> changes.add(new PageChange(page.id(), page, null, Set.of())));
        return changes;
    }

    private static Set<Aspect> aspects(Page before, Page after, Set<String> moved) {
        Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
        note(aspects, Aspect.LABEL, before.title(), after.title());
        note(aspects, Aspect.HINT, before.hint(), after.hint());
        note(aspects, Aspect.CONDITION, before.showIf(), after.showIf());
        note(aspects, Aspect.ORDER, false, moved.contains(after.id()));
        return aspects;
    }

    private static void compare(
            String prefix,
            List<Field> before,
            List<Field> after,
            Map<String, String> pageBefore,
            Map<String, String> pageAfter,
            List<FieldChange> changes) {
        Map<String, Field> old = byId(before);
        Map<String, Field> now = byId(after);
        Set<String> moved = new LinkedHashSet<>();
        for (String page : prefix.isEmpty() ? new LinkedHashSet<>(pageAfter.values()) : Set.of("")) {
            moved.addAll(moved(on(page, old.keySet(), prefix, pageBefore), on(page, now.keySet(), prefix, pageAfter)));
        }
        for (Field field : now.values()) {
            String path = prefix + field.id();
            Field was = old.get(field.id());
            if (was == null) {
                changes.add(new FieldChange(path, null, field, Set.of()));
                continue;
            }
            Set<Aspect> aspects = aspects(was, field);
            boolean elsewhere = !Objects.equals(pageBefore.get(path), pageAfter.get(path));
            note(aspects, Aspect.PAGE, false, elsewhere);
            note(aspects, Aspect.ORDER, false, moved.contains(field.id()) && !elsewhere);
            if (!aspects.isEmpty()) {
                changes.add(new FieldChange(path, was, field, aspects));
            }
            compare(path + ".", was.fields(), field.fields(), pageBefore, pageAfter, changes);
        }
        old.values().stream()
                .filter(field -> !now.containsKey(field.id()))
                .forEach(field -> changes.add(new FieldChange(prefix + field.id(), field, null, Set.of())));
    }

    private static Set<Aspect> aspects(Field before, Field after) {
        Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
        note(aspects, Aspect.LABEL, before.label(), after.label());
        note(aspects, Aspect.HINT, before.hint(), after.hint());
        note(aspects, Aspect.TYPE, before.type(), after.type());
        note(aspects, Aspect.REQUIRED, before.required(), after.required());
        note(aspects, Aspect.DONT_KNOW, before.mayNotKnow(), after.mayNotKnow());
        note(aspects, Aspect.LIMITS, before.constraints(), after.constraints());
        note(aspects, Aspect.OPTIONS, before.options(), after.options());
        note(aspects, Aspect.CONDITION, before.showIf(), after.showIf());
        note(aspects, Aspect.PREFILL, before.prefill(), after.prefill());
        note(aspects, Aspect.REPORTABLE, before.reportable(), after.reportable());
        return aspects;
    }

    private static void note(Set<Aspect> aspects, Aspect aspect, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            aspects.add(aspect);
        }
    }

    private static Map<String, String> places(FormDefinition form) {
        Map<String, String> places = new LinkedHashMap<>();
        form.pages().forEach(page -> page.fields().forEach(field -> places.putIfAbsent(field.id(), page.id())));
        return places;
    }

    /** Ids of a page's questions; a group's stand on none. */
    private static List<String> on(String page, Set<String> ids, String prefix, Map<String, String> places) {
        return ids.stream()
                .filter(id -> !prefix.isEmpty() || page.equals(places.get(id)))
                .toList();
    }

    private static Map<String, Field> byId(List<Field> fields) {
        Map<String, Field> byId = new LinkedHashMap<>();
        fields.forEach(field -> byId.putIfAbsent(field.id(), field));
        return byId;
    }

    /** Of the ids that both have, the fewest that must be moved to come from one order to the other. */
    private static Set<String> moved(List<String> before, List<String> after) {
        List<String> common = after.stream().filter(before::contains).distinct().toList();
        int[] places = common.stream().mapToInt(before::indexOf).toArray();
        int[] length = new int[places.length];
        int[] previous = new int[places.length];
        int last = -1;
        for (int i = 0; i < places.length; i++) {
            length[i] = 1;
            previous[i] = -1;
            for (int j = 0; j < i; j++) {
                if (places[j] < places[i] && length[j] >= length[i]) {
                    length[i] = length[j] + 1;
                    previous[i] = j;
                }
            }
            last = last < 0 || length[i] > length[last] ? i : last;
        }
        boolean[] stays = new boolean[places.length];
        for (int i = last; i >= 0; i = previous[i]) {
            stays[i] = true;
        }
        Set<String> moved = new LinkedHashSet<>();
        for (int i = 0; i < stays.length; i++) {
            if (!stays[i]) {
                moved.add(common.get(i));
            }
        }
        return moved;
    }
}
