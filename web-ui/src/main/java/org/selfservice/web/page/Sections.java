package org.selfservice.web.page;

import java.util.List;

/** Which parts of the portal the navigation offers to whoever is signed in as staff. */
@FunctionalInterface
public interface Sections {
    /** Names below {@code /staff/}, in order; none for whoever is not staff. */
    List<String> getSections();
}
