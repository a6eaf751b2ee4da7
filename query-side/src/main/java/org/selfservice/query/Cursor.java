package org.selfservice.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/** Where a page ended that is sorted by a moment, and by id where two are of the same millisecond. */
public record Cursor(Date at, String id) {
    private static final Cursor NEWEST = new Cursor(Date.from(Instant.parse("9999-12-31T00:00:00Z")), "");

    private static final Cursor OLDEST = new Cursor(Date.from(Instant.EPOCH), "");

    /**
     * For pages that begin with the newest.
     *
     * @throws Refused INVALID, detail {@code field}, when it is no cursor
     */
    public static Cursor parse(@Nullable String text) {
        if (text == null) {
            return NEWEST;
        }
        try {
            int end = text.indexOf('_');
            return new Cursor(
                    Date.from(Instant.ofEpochMilli(Long.parseLong(text.substring(0, end)))), text.substring(end + 1));
        } catch (NumberFormatException | IndexOutOfBoundsException | DateTimeException e) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "after"));
        }
    }

    /** The same for pages that begin with the oldest. */
    public static Cursor parseOldestFirst(@Nullable String text) {
        return text == null ? OLDEST : parse(text);
    }

    /** @throws Refused INVALID, detail {@code field}, unless it is 1 to 100 */
    public static void checkLimit(int limit) {
        if (limit < 1 || limit > 100) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "limit"));
        }
    }

    /** @param field the lifted moment */
    public void onward(Document filter, String field) {
        filter.append(
                "$or",
                List.of(
                        new Document(field, new Document("$lt", at)),
                        new Document(field, at).append("_id", new Document("$lt", id))));
    }

    public void onwardOldestFirst(Document filter, String field) {
        filter.append(
                "$or",
                List.of(
                        new Document(field, new Document("$gt", at)),
                        new Document(field, at).append("_id", new Document("$gt", id))));
    }

    public static Document sortOldestFirst(String field) {
        return new Document(field, 1).append("_id", 1);
    }

    public static Document sort(String field) {
        return new Document(field, -1).append("_id", -1);
    }

    @Override
    public String toString() {
        return at.getTime() + "_" + id;
    }
}
