package org.selfservice.web;

import java.util.List;
import java.util.Locale;
import org.selfservice.kernel.Author.Assurance;

/** How surely people can prove who they are, by the configuration of the IDs. */
public interface Proofs {
    /** Whether whoever is signed in, or is helped, has proved it that surely or could. */
    boolean isAble(SignedIn who, Assurance assurance);

    /** What the IDs are called with which one can. */
    List<String> ids(Assurance assurance, Locale locale);
}
