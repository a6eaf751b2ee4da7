package org.selfservice.query;

/** Hears of every document of a view that was written, once it can be read; tells those who wait for an answer. */
public interface Listener<V> {
    View<V> view();

    void changed(V document);
}
