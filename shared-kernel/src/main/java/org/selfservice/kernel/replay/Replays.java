package org.selfservice.kernel.replay;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The replays that were asked for. Whoever asks and whoever folds may be different processes; this is where they meet. */
public interface Replays {
    /** @return false when one of this view is not over yet */
    boolean ask(String view, String by);

    /** @return false when there is none to stop */
    boolean stop(String view);

    /** @return false when there is none that was compared and waits */
    boolean swap(String view);

    /** The last one of each view. */
    List<ViewReplay> latest();

    /** Those of a view, the newest first. */
    List<ViewReplay> of(String view, int limit);

    /** Takes one that nobody works on, or whose process has not been heard of for a while. */
    Optional<ViewReplay> take(String process);

    /** Writes down how far it is, which also says that the process still works on it. */
    Heard keep(ViewReplay replay, String process);

    /**
     * @param isMine whether it is still this process's
     * @param wish what was asked of it
     */
    record Heard(boolean isMine, ViewReplay.@Nullable Wish wish) {}
}
