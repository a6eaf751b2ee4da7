package org.selfservice.web.application.staff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.form.AnswerText;
import org.selfservice.web.form.AnswerText.Line;

/**
 * What differs inside the rows of a repeated group. Rows have no name: those of one title are one row, of the others the
 * first became the first.
 */
final class RowChanges {
    private RowChanges() {}

    enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** @param title as it is now, or was before it was taken out */
    record Row(Kind kind, String title, List<Cell> cells) {}

    /** @param before empty where nothing was answered, as {@code after} is */
    record Cell(String label, String before, String after) {}

    /** Rows that stayed as they were are left out. */
    static List<Row> between(List<AnswerText.Row> before, List<AnswerText.Row> after) {
        List<AnswerText.Row> left = new ArrayList<>(before);
        AnswerText.@Nullable Row[] twins = new AnswerText.Row[after.size()];
        for (int row = 0; row < twins.length; row++) {
            String title = after.get(row).title();
            twins[row] = take(
                    left,
                    left.stream()
                            .filter(one -> one.title().equals(title))
                            .findFirst()
                            .orElse(null));
        }
        List<Row> changes = new ArrayList<>();
        for (int row = 0; row < twins.length; row++) {
            AnswerText.Row twin = twins[row] != null ? twins[row] : take(left, left.isEmpty() ? null : left.getFirst());
            add(changes, twin, after.get(row));
        }
        left.forEach(gone -> add(changes, gone, null));
        return changes;
    }

    private static AnswerText.@Nullable Row take(List<AnswerText.Row> from, AnswerText.@Nullable Row row) {
        if (row != null) {
            from.remove(row);
        }
        return row;
    }

    private static void add(List<Row> changes, AnswerText.@Nullable Row before, AnswerText.@Nullable Row after) {
        Map<String, String> old = cells(before);
        Map<String, String> now = cells(after);
        Set<String> labels = new LinkedHashSet<>(now.keySet());
        labels.addAll(old.keySet());
        List<Cell> cells = labels.stream()
                .map(label -> new Cell(label, old.getOrDefault(label, ""), now.getOrDefault(label, "")))
                .filter(cell -> !cell.before().equals(cell.after()))
                .toList();
        if (after == null && before != null) {
            changes.add(new Row(Kind.REMOVED, before.title(), cells));
        } else if (after != null && (before == null || !cells.isEmpty())) {
            changes.add(new Row(before == null ? Kind.ADDED : Kind.CHANGED, after.title(), cells));
        }
    }

    private static Map<String, String> cells(AnswerText.@Nullable Row row) {
        Map<String, String> cells = new LinkedHashMap<>();
        if (row != null) {
            for (Line line : row.lines()) {
                cells.merge(line.label(), line.text(), (one, other) -> one + "\n" + other);
            }
        }
        return cells;
    }
}
