package org.selfservice.kernel.form;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits of an answer; null means that the type's own default holds.
 *
 * @param maxLength in Unicode code points; default 200 for text, 4,000 for long text
 * @param decimals digits after the point; default 0 for numbers, the currency's own for money
 * @param notInFuture of a date, judged on the day of sending
 * @param maxRows of a group; default 30
 * @param maxFiles of a file question; default 10
 * @param maxBytes of one file; default 10 MB (10,000,000)
 * @param mediaTypes of a file question; default PDF, JPEG, PNG, HEIC, WebP
 */
public record Constraints(
        @Nullable Integer minLength,
        @Nullable Integer maxLength,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        @Nullable Integer decimals,
        @Nullable LocalDate earliest,
        @Nullable LocalDate latest,
        boolean notInFuture,
        @Nullable Integer minRows,
        @Nullable Integer maxRows,
        @Nullable Integer maxFiles,
        @Nullable Long maxBytes,
        List<String> mediaTypes) {
    public static final Constraints NONE =
            new Constraints(null, null, null, null, null, null, null, false, null, null, null, null, List.of());
    public static final List<String> DEFAULT_MEDIA_TYPES =
            List.of("application/pdf", "image/jpeg", "image/png", "image/heic", "image/webp");

    public Constraints {
        mediaTypes = List.copyOf(mediaTypes);
    }

    public static Constraints length(int min, int max) {
        return new Constraints(min, max, null, null, null, null, null, false, null, null, null, null, List.of());
    }

    public static Constraints range(long min, long max, int decimals) {
        return new Constraints(
                null,
                null,
                BigDecimal.valueOf(min),
                BigDecimal.valueOf(max),
                decimals,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                List.of());
    }

    public static Constraints past(@Nullable LocalDate earliest) {
        return new Constraints(null, null, null, null, null, earliest, null, true, null, null, null, null, List.of());
    }

    public static Constraints rows(int min, int max) {
        return new Constraints(null, null, null, null, null, null, null, false, min, max, null, null, List.of());
    }

    public static Constraints files(int maxFiles, long maxBytes) {
        return new Constraints(
                null, null, null, null, null, null, null, false, null, null, maxFiles, maxBytes, List.of());
    }

    public int maxFilesOrDefault() {
        return maxFiles == null ? 10 : maxFiles;
    }

    public long maxBytesOrDefault() {
        return maxBytes == null ? 10_000_000L : maxBytes;
    }

    public List<String> mediaTypesOrDefault() {
        return mediaTypes.isEmpty() ? DEFAULT_MEDIA_TYPES : mediaTypes;
    }
}
