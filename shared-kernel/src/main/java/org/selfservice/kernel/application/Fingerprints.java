package org.selfservice.kernel.application;

import java.util.Map;
import java.util.Set;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * What identifies the people in applications, kept as keyed hashes (HMAC-SHA-256) alone: whoever holds them without the
 * secret cannot find out a value by trying all that there are.
 */
public interface Fingerprints {

    /**
     * Adds to what is kept of the application; the same twice is kept once.
     *
     * @param values normalized, so that the same thing is always the same text
     */
    void keep(
            ApplicationId application, RegistrantId registrant, ProgramCode program, Map<Likeness, Set<String>> values);

    /**
     * Applications of other people to any program that have something in common with this one, those with the most first.
     * A telephone number or e-mail address that more of them share is a shop's or a neighbour's, and says nothing.
     *
     * @param limit how many at most
     */
    Map<ApplicationId, Set<Likeness>> alike(ApplicationId application, int limit);

    void forget(RegistrantId registrant);

    void forget(ApplicationId application);
}
