package org.selfservice.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Evidence;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.Source;

/**
 * The registrant who is signed in, or for whom whoever is signed in acts, as a controller's argument. On pages that need no
 * sign-in ask for an {@code Optional<SignedIn>}.
 *
 * @param name as the identity provider gave it; null when it was not shared
 * @param provider the identity provider's id in the portal's configuration
 * @param language in which the person reads this request's page, or is read to
 * @param behalf null when they act themself
 */
public record SignedIn(
        RegistrantId registrant,
        @Nullable String name,
        String provider,
        Evidence evidence,
        String language,
        @Nullable Behalf behalf) {

    public boolean isInPerson() {
        return behalf == null;
    }

    /** An officer is beside the person. */
    public boolean isAssisted() {
        return behalf != null && behalf.isOfficer();
    }

    public boolean mayReach(@Nullable ProgramCode program) {
        return behalf == null || behalf.reaches(program);
    }

    /** What of it whoever acts may see. */
    public Dossier reach(Dossier dossier) {
        if (behalf == null || behalf.program() == null) {
            return dossier;
        }
        return new Dossier(
                dossier.registrant(),
                dossier.name(),
                dossier.erased(),
                dossier.identities(),
                dossier.demographics(),
                dossier.consents(),
                dossier.contact(),
                dossier.applications().stream()
                        .filter(one -> mayReach(one.program()))
                        .toList(),
                dossier.enrolments().stream()
                        .filter(one -> mayReach(one.program()))
                        .toList(),
                dossier.delegations(),
                dossier.help(),
                List.of(),
                dossier.seen());
    }

    /** From where a value comes that is typed now. */
    public Source source() {
        return behalf != null && behalf.officer() != null
                ? new Source(Source.Kind.OFFICER, behalf.officer())
                : Source.self();
    }

    @Override
    public String toString() {
        return registrant.toString();
    }
}
