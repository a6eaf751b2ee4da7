package org.selfservice.kernel.replay;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One replay of a view: how far it is, or what it came to.
 *
 * @param by who asked for it: a member of staff, another system, or {@code operator} at the machine itself
 * @param generation the collection that it folds into; 0 before it began
 * @param wish what was asked of it since and is not done yet
 * @param comparison with the live view; null before all events are folded
 * @param failure why it failed, without anything personal
 * @param endedAt null while it is under way or waits to be made live
 */
public record ViewReplay(
        long number,
        String view,
        String by,
        Instant askedAt,
        State state,
        @Nullable Wish wish,
        int generation,
        Progress progress,
        @Nullable Comparison comparison,
        @Nullable String failure,
        @Nullable Instant endedAt) {
    /** Most documents that are named. */
    public static final int MOST_NAMED = 20;

    public enum State {
        /** No process has begun with it. */
        ASKED,
        FOLDING,
        /** All is folded and compared. It goes on following the events until somebody decides. */
        COMPARED,
        /** It took the place of the view that was live. */
        LIVE,
        STOPPED,
        FAILED;

        public boolean isOver() {
            return this == LIVE || this == STOPPED || this == FAILED;
        }
    }

    public enum Wish {
        STOP,
        SWAP
    }

    /** @param total events that had happened when it began */
    public record Progress(long done, long total, long perSecond) {
        public static final Progress NONE = new Progress(0, 0, 0);

        public boolean reachedAll() {
            return done == total;
        }

        public int percent() {
            return total == 0 ? 0 : (int) (done * 100 / total);
        }

        /** Null while that cannot be told. */
        public @Nullable Long secondsLeft() {
            return perSecond == 0 ? null : (total - done + perSecond - 1) / perSecond;
        }
    }

    /** @param named ids of some of the documents that differ */
    public record Comparison(long same, long different, List<String> named) {}

    public ViewReplay folding(int into, Progress far) {
        return new ViewReplay(number, view, by, askedAt, State.FOLDING, wish, into, far, null, null, null);
    }

    public ViewReplay compared(Comparison with) {
        return new ViewReplay(number, view, by, askedAt, State.COMPARED, wish, generation, progress, with, null, null);
    }

    /** @param why null unless it failed */
    public ViewReplay over(State end, @Nullable String why, Instant at) {
        return new ViewReplay(number, view, by, askedAt, end, null, generation, progress, comparison, why, at);
    }
}
