package org.selfservice.kernel.replay;

import java.util.List;
import org.selfservice.kernel.Query;

/** What one may ask about the views themselves. */
public sealed interface ReplayQuery<A> extends Query<A> {

    record FindViews() implements ReplayQuery<ViewList> {
        @Override
        public Class<ViewList> answer() {
            return ViewList.class;
        }
    }

    /** By name. */
    record ViewList(List<ViewLine> views) {}

    /**
     * @param generation the one that answers
     * @param eventsBehind how many events it has not folded yet
     * @param parked documents that are out of service because an event could not be folded
     * @param failing whether it cannot go on, and tries again and again
     */
    record ViewLine(String view, int generation, long documents, long eventsBehind, long parked, boolean failing) {}
}
