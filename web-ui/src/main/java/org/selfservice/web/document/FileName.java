package org.selfservice.web.document;

import java.text.Normalizer;

/**
 * The name of a file as its owner sees it, made safe to show and to offer for download.
 *
 * @param value 1 to {@link #LIMIT} code points, without path, control or direction-changing characters
 * @param shortened whether the name that was sent was longer
 */
record FileName(String value, boolean shortened) {
    static final int LIMIT = 255;

    /** @param sent as the browser sent it; may be a path, may be missing */
    static FileName of(@org.jspecify.annotations.Nullable String sent) {
        String name = sent == null ? "" : sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        name = Normalizer.normalize(name, Normalizer.Form.NFC)
                .replaceAll("[\\p{Cntrl}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]", "")
                .strip();
        if (name.isEmpty()) {
            return new FileName("document", false);
        }
        int length = name.codePointCount(0, name.length());
        return length <= LIMIT ? new FileName(name, false) : new FileName(shorten(name), true);
    }

    /** Keeps the beginning and the extension. */
    private static String shorten(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= 10 ? name.substring(dot) : "";
        int kept = LIMIT - 1 - extension.codePointCount(0, extension.length());
        return name.substring(0, name.offsetByCodePoints(0, kept)) + "…" + extension;
    }
}
