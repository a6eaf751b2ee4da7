package org.selfservice.web.form.staff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormChanges;
import org.selfservice.kernel.form.FormChanges.FieldChange;
import org.selfservice.kernel.form.FormChanges.PageChange;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Page;
import org.selfservice.web.form.staff.Wording.Difference;
import org.springframework.stereotype.Component;

/** Two definitions side by side, in words. */
@Component
class Comparing {
    private final Wording wording;
    private final Desk desk;

    Comparing(Wording wording, Desk desk) {
        this.wording = wording;
        this.desk = desk;
    }

    enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** @param marks of what was added or removed; differences of what changed */
    record Line(Kind kind, boolean page, String path, String name, List<String> marks, List<Difference> differences) {}

    List<Line> of(FormDefinition before, FormDefinition after) {
        FormChanges changes = FormChanges.between(before, after);
        List<Line> lines = new ArrayList<>();
        if (changes.region()) {
            String country = desk.text("forms.country");
            lines.add(new Line(
                    Kind.CHANGED,
                    false,
                    "",
                    country,
                    List.of(),
                    List.of(new Difference(country, name(before), name(after)))));
        }
        changes.pages().forEach(change -> lines.add(line(change, before, after)));
        changes.fields().forEach(change -> lines.add(line(change, before, after)));
        return lines;
    }

    private Line line(PageChange change, FormDefinition old, FormDefinition now) {
        Page before = change.before();
        Page after = change.after();
        if (after == null || before == null) {
            Page one = after == null ? before : after;
            return new Line(
                    after == null ? Kind.REMOVED : Kind.ADDED, true, change.id(), title(one), List.of(), List.of());
        }
        return new Line(
                Kind.CHANGED,
                true,
                change.id(),
                title(after),
                List.of(),
                wording.differences(before, old, after, now, change.aspects()));
    }

    private Line line(FieldChange change, FormDefinition old, FormDefinition now) {
        Field before = change.before();
        Field after = change.after();
        if (after == null) {
            return new Line(
                    Kind.REMOVED,
                    false,
                    change.path(),
                    Wording.label(before),
                    wording.marks(before, old, null),
                    List.of());
        }
        return before == null
                ? new Line(
                        Kind.ADDED,
                        false,
                        change.path(),
                        Wording.label(after),
                        wording.marks(after, now, null),
                        List.of())
                : new Line(
                        Kind.CHANGED,
                        false,
                        change.path(),
                        Wording.label(after),
                        List.of(),
                        wording.differences(before, old, after, now, change.aspects()));
    }

    private static String title(Page page) {
        String title = page.title().in(Desk.locale());
        return title.isBlank() ? page.id() : title;
    }

    private static String name(FormDefinition form) {
        return form.region() == null
                ? ""
                : new Locale.Builder().setRegion(form.region()).build().getDisplayCountry(Desk.locale());
    }
}
