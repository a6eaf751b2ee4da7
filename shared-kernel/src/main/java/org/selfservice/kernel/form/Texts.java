package org.selfservice.kernel.form;

import java.text.Normalizer;

/**
 * Typed text as it is stored: NFC (Unicode Standard Annex #15), no controls, no white space at its ends. Nothing else is
 * touched: quotes, tags, emoji with their joiners and every script are text.
 */
final class Texts {
    private Texts() {}

    /** One line; also without directional marks (UAX #9), which are invisible and make equal names differ. */
    static String line(String typed) {
        return clean(typed, false);
    }

    /** Several lines, each ended by a line feed. */
    static String lines(String typed) {
        return clean(typed.replace("\r\n", "\n"), true);
    }

    private static String clean(String typed, boolean lines) {
        StringBuilder text = new StringBuilder(typed.length());
        typed.codePoints().forEach(c -> {
            if (isLineBreak(c)) {
                text.append(lines ? '\n' : ' ');
            } else if (c == '\t') {
                text.append(' ');
            } else if (!isControl(c) && (lines || !isDirectional(c))) {
                text.appendCodePoint(c);
            }
        });
        String normalized = Normalizer.normalize(text, Normalizer.Form.NFC);
        return isVisible(normalized) ? strip(normalized) : "";
    }

    private static boolean isLineBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x0B || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** A lone surrogate is no character and no store can keep it. */
    private static boolean isControl(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE || c == 0xFEFF;
    }

    private static boolean isDirectional(int c) {
        return c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean isVisible(String text) {
        return text.codePoints().anyMatch(c -> !isSpace(c) && Character.getType(c) != Character.FORMAT);
    }

    /** {@link String#strip()} leaves no-break spaces. */
    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
