package org.selfservice.web.page;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins Arabic letters for renderers that draw character by character: each letter becomes the presentation form (Unicode
 * blocks Arabic Presentation Forms-A and -B) that its neighbours ask for. The table comes from the Unicode data of the JDK:
 * the forms of a letter follow one another as isolated, final, initial, medial and decompose to the letter.
 */
final class ArabicLetters {
    private static final int TATWEEL = 0x640;
    private static final int LAM = 0x644;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int ISOLATED = 0;
    private static final int FINAL = 1;
    private static final int INITIAL = 2;
    private static final int MEDIAL = 3;

    private static final Map<Integer, int[]> FORMS = new HashMap<>();
    /** The isolated form of lam with an alef, by alef; the final form follows it. */
    private static final Map<Integer, Integer> LAM_ALEF = new HashMap<>();

    static {
        Map<Integer, List<Integer>> found = new TreeMap<>();
        for (int form = 0xFB50; form <= 0xFEFC; form++) {
            if (form == 0xFBE8) {
                // Two more forms of a letter that has them already.
                form = 0xFBFC;
            }
            if (form == 0xFC00) {
                // Ligatures of words, and marks on their own.
                form = 0xFE80;
            }
            int[] letters = Normalizer.normalize(Character.toString(form), Normalizer.Form.NFKC)
                    .codePoints()
                    .toArray();
            if (letters.length == 1 && letters[0] != form && Character.isLetter(letters[0])) {
                found.computeIfAbsent(letters[0], letter -> new ArrayList<>()).add(form);
            } else if (letters.length == 2 && letters[0] == LAM && form >= 0xFEF5) {
                LAM_ALEF.putIfAbsent(letters[1], form);
            }
        }
        found.forEach((letter, forms) -> FORMS.put(
                letter, forms.stream().mapToInt(Integer::intValue).limit(4).toArray()));
    }

    private ArabicLetters() {}

    /** In logical order, as the letters were. */
    static String join(String text) {
        int[] letters = text.codePoints().toArray();
        StringBuilder joined = new StringBuilder(text.length());
        for (int i = 0; i < letters.length; i++) {
            int letter = letters[i];
            int[] forms = FORMS.get(letter);
            if (forms == null) {
                joined.appendCodePoint(letter);
                continue;
            }
            boolean before = joinsAfter(neighbour(letters, i, -1));
            Integer next = neighbour(letters, i, 1);
            if (letter == LAM && next != null && i + 1 < letters.length && letters[i + 1] == next) {
                Integer ligature = LAM_ALEF.get(next);
                if (ligature != null) {
                    joined.appendCodePoint(before ? ligature + 1 : ligature);
                    i++;
                    continue;
                }
            }
            boolean after = forms.length == 4 && joinsBefore(next);
            int form = before ? (after ? MEDIAL : FINAL) : (after ? INITIAL : ISOLATED);
            joined.appendCodePoint(form < forms.length ? forms[form] : forms[ISOLATED]);
        }
        return joined.toString();
    }

    /** The letters that joined text was made of. */
    static String apart(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c >= 0xFB50 && c <= 0xFDFF || c >= 0xFE70 && c <= 0xFEFC) {
                letters.append(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC));
            } else {
                letters.appendCodePoint(c);
            }
        });
        return letters.toString();
    }

    /** The next letter in that direction; marks above and below are looked through. */
    private static @Nullable Integer neighbour(int[] letters, int from, int step) {
        for (int i = from + step; i >= 0 && i < letters.length; i += step) {
            int type = Character.getType(letters[i]);
            if (type != Character.NON_SPACING_MARK && type != Character.ENCLOSING_MARK) {
                return letters[i];
            }
        }
        return null;
    }

    /** Whether it joins to the letter that follows it. */
    private static boolean joinsAfter(@Nullable Integer letter) {
        if (letter == null) {
            return false;
        }
        int[] forms = FORMS.get(letter);
        return letter == TATWEEL || letter == ZERO_WIDTH_JOINER || forms != null && forms.length == 4;
    }

    /** Whether it joins to the letter before it. */
    private static boolean joinsBefore(@Nullable Integer letter) {
        if (letter == null) {
            return false;
        }
        int[] forms = FORMS.get(letter);
        return letter == TATWEEL || letter == ZERO_WIDTH_JOINER || forms != null && forms.length >= 2;
    }
}
