package org.selfservice.web.page;

import com.openhtmltopdf.bidi.BidiReorderer;
import com.openhtmltopdf.bidi.BidiSplitter;
import com.openhtmltopdf.bidi.BidiTextRun;
import java.text.Bidi;
import java.util.Map;

/** The Unicode bidirectional algorithm of the JDK, for the PDF renderer. */
final class RightToLeft {
    private static final Map<Integer, Integer> MIRRORED = Map.ofEntries(
            Map.entry((int) '(', (int) ')'),
            Map.entry((int) ')', (int) '('),
            Map.entry((int) '[', (int) ']'),
            Map.entry((int) ']', (int) '['),
            Map.entry((int) '{', (int) '}'),
            Map.entry((int) '}', (int) '{'),
            Map.entry((int) '<', (int) '>'),
            Map.entry((int) '>', (int) '<'),
            Map.entry((int) '«', (int) '»'),
            Map.entry((int) '»', (int) '«'));

    private RightToLeft() {}

    /** Finds the runs of one direction in a paragraph. */
    static final class Runs implements BidiSplitter {
        private Bidi bidi = new Bidi("", Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);

        @Override
        public void setParagraph(String paragraph, byte defaultDirection) {
            bidi = new Bidi(
                    paragraph, defaultDirection == RTL ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_LEFT_TO_RIGHT);
        }

        @Override
        public int countTextRuns() {
            return bidi.getRunCount();
        }

        @Override
        public BidiTextRun getVisualRun(int run) {
            int start = bidi.getRunStart(run);
            return new BidiTextRun(start, bidi.getRunLimit(run) - start, bidi.getRunLevel(run) % 2 == 0 ? LTR : RTL);
        }

        @Override
        public byte getBaseDirection(String paragraph) {
            return paragraph
                    .codePoints()
                    .mapToObj(Character::getDirectionality)
                    .filter(direction -> direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT
                            || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                            || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC)
                    .findFirst()
                    .map(direction -> direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT ? LTR : RTL)
                    .orElse(NEUTRAL);
        }
    }

    /** Puts a run from right to left into the order in which it is drawn from left to right. */
    static final class Order implements BidiReorderer {
        @Override
        public String reorderRTLTextToLTR(String text) {
            int[] logical = text.codePoints().toArray();
            StringBuilder visual = new StringBuilder(text.length());
            int end = logical.length;
            while (end > 0) {
                int start = end - 1;
                // A mark stays behind the letter that carries it.
                while (start > 0 && Character.getType(logical[start]) == Character.NON_SPACING_MARK) {
                    start--;
                }
                for (int i = start; i < end; i++) {
                    visual.appendCodePoint(MIRRORED.getOrDefault(logical[i], logical[i]));
                }
                end = start;
            }
            return visual.toString();
        }

        @Override
        public String shapeText(String text) {
            return ArabicLetters.join(text);
        }

        @Override
        public String deshapeText(String text) {
            return ArabicLetters.apart(text);
        }

        @Override
        public boolean isLiveImplementation() {
            return true;
        }
    }
}
