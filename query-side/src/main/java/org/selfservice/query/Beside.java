package org.selfservice.query;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/**
 * A view that is folded from event zero beside the live one, until it takes its place or is thrown away. It follows the
 * events all the while, and what answers stays as it is.
 */
public final class Beside<V> {
    private final Views views;
    private final Projection<V> projection;
    /** The last event that had happened when it began. */
    private final long last;

    Beside(Views views, Projection<V> projection) {
        this.views = views;
        this.projection = projection;
        this.last = views.head();
    }

    public int generation() {
        return projection.generation();
    }

    /** Events that had happened when it began. */
    public long total() {
        return last + 1;
    }

    public long done() {
        return Math.min(last, projection.position()) + 1;
    }

    /** The last event that has happened by now. */
    public long head() {
        return views.head();
    }

    public boolean hasFolded(long event) {
        return projection.position() >= event;
    }

    /** With the documents of the live view, while both go on. */
    public Rebuilt compare(CountDownLatch stopping, Instant begun, Clock clock) {
        return Rebuilt.compare(
                projection.view().name(),
                generation(),
                views.liveDocuments(projection.view()),
                projection.documents(),
                stopping,
                begun,
                clock);
    }

    /** From now on it answers. */
    public void makeLive() {
        views.makeLive(projection, generation());
    }

    /** As if it had never been. */
    public void drop() {
        leave();
        views.forget(projection.documents());
    }

    /** Its documents and position stay, so that another process can go on. */
    public void leave() {
        projection.stop().join();
    }
}
