package org.selfservice.query;

/** Answers the queries about a view's documents, and tells whoever waits for another answer. */
public abstract class Answers<V> implements Listener<V> {
    protected final Live<V> live;
    protected final Announcements announcements;

    private final View<V> view;

    protected Answers(View<V> view, ViewStore store, Announcements announcements) {
        this.view = view;
        this.live = store.live(view);
        this.announcements = announcements;
    }

    @Override
    public final View<V> view() {
        return view;
    }

    /** What is known of it, which may be nothing. */
    protected final V known(String id) {
        return live.find(id).orElseGet(() -> view.empty(id));
    }
}
