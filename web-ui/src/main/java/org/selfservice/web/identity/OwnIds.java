package org.selfservice.web.identity;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Identity;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.identity.LoginSettings.Audience;
import org.selfservice.web.identity.LoginSettings.Purpose;
import org.springframework.stereotype.Component;

/** The IDs that lead to a person. */
@Component
class OwnIds implements SamePerson.Ids {
    /** Nobody was erased and came back so often. */
    private static final int MOST_GENERATIONS = 20;

    private final Portal portal;
    private final Pseudonyms pseudonyms;
    private final Providers providers;

    OwnIds(Portal portal, Pseudonyms pseudonyms, Providers providers) {
        this.portal = portal;
        this.pseudonyms = pseudonyms;
        this.providers = providers;
    }

    @Override
    public boolean leadTo(RegistrantId registrant, String issuer, String subject) {
        Dossier dossier = portal.ask(new FindDossier(registrant));
        for (int generation = 1; generation <= MOST_GENERATIONS; generation++) {
            RegistrantId login = pseudonyms.registrant(issuer, subject, generation);
            if (dossier.identities().stream().anyMatch(one -> one.login().equals(login))) {
                return true;
            }
        }
        return false;
    }

    /** Providers with which whoever acts, or is helped, can prove it so well; the one they signed in with goes first. */
    List<String> proving(SignedIn who, Assurance assurance) {
        Purpose purpose = ConfirmPages.purpose(who);
        return Stream.concat(Stream.of(who.provider()), others(who))
                .distinct()
                .filter(providers.of(Audience.REGISTRANTS)::contains)
                .filter(id -> Objects.requireNonNull(providers.settings(id)).canProve(purpose, assurance))
                .toList();
    }

    /** A delegate proves it with their own. */
    private Stream<String> others(SignedIn who) {
        RegistrantId registrant = who.isInPerson() || who.isAssisted()
                ? who.registrant()
                : new RegistrantId(portal.author().actor());
        return portal.ask(new FindDossier(registrant)).identities().stream().map(Identity::provider);
    }
}
