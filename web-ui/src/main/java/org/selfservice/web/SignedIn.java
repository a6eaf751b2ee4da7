package org.selfservice.web;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Evidence;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * The registrant who is signed in, as a controller's argument. On pages that need no sign-in ask for an
 * {@code Optional<SignedIn>}.
 *
 * @param name as the identity provider gave it; null when it was not shared
 * @param provider the identity provider's id in the portal's configuration
 * @param language in which the person reads this request's page
 */
public record SignedIn(
        RegistrantId registrant, @Nullable String name, String provider, Evidence evidence, String language) {
    @Override
    public String toString() {
        return registrant.toString();
    }
}
