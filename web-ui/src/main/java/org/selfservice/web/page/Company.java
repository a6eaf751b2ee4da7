package org.selfservice.web.page;

import org.jspecify.annotations.Nullable;

/** For whom whoever is signed in acts now; the layout says so on every page. */
@FunctionalInterface
public interface Company {
    /** Null when for nobody but themself. */
    @Nullable
    Person getPerson();

    /**
     * @param name short, as others may look on
     * @param helped by an officer who is beside them; else represented by a delegate
     * @param present whether the page is the person's; else it is one of the officer's or the delegate's own
     */
    record Person(@Nullable String name, boolean helped, boolean present) {
        /** Where the button to stop leads. */
        public String stop() {
            return helped ? "/staff/assist/stop" : "/acting/stop";
        }

        @Override
        public String toString() {
            return "[personal]";
        }
    }
}
