package org.selfservice.command;

import static org.selfservice.command.Decide.refuseIf;

import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;

/** The shape of texts that the form rules do not judge. */
public final class Texts {
    /** Of a reason, a note or a remark, in code points. */
    public static final int LONGEST_NOTE = 4_000;

    private Texts() {}

    public static void checkNote(String field, Personal<String> text) {
        check(field, text.or(""), 0, LONGEST_NOTE);
    }

    public static void checkReason(String field, Personal<String> text) {
        refuseIf(text.or("").isBlank(), RefusalCode.REASON_REQUIRED, "field", field);
        checkNote(field, text);
    }

    public static void check(String field, String text, int shortest, int longest) {
        int length = text.codePointCount(0, text.length());
        boolean blank = shortest > 0 && text.isBlank();
        refuseIf(
                blank || length < shortest || length > longest || !isStorable(text),
                RefusalCode.INVALID,
                "field",
                field);
    }

    public static boolean hasEnglish(LocalizedText text) {
        return !text.byLanguage().getOrDefault("en", "").isBlank();
    }

    /** Half a surrogate pair has no UTF-8 form, and NUL none in PostgreSQL's texts. */
    public static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
