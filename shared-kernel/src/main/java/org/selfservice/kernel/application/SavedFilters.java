package org.selfservice.kernel.application;

import java.util.List;

/** Filters of the queue that members of staff keep for themselves. */
public interface SavedFilters {
    /** Most that one member of staff keeps. */
    int MOST = 20;

    /** @param query the filter as the address of the queue writes it, without the leading question mark */
    record Saved(String name, String query) {
        /** Without the name, which may be a person's. */
        @Override
        public String toString() {
            return "Saved[query=" + query + "]";
        }
    }

    /** By name. */
    List<Saved> of(String staff);

    /**
     * Another one of the same name is replaced.
     *
     * @return false when there are too many already, and nothing is kept
     */
    boolean keep(String staff, Saved filter);

    void forget(String staff, String name);
}
