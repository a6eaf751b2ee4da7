package org.selfservice.web.identity;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.web.Proofs;
import org.selfservice.web.SignedIn;
import org.selfservice.web.identity.LoginSettings.Audience;
import org.selfservice.web.identity.LoginSettings.Purpose;
import org.springframework.stereotype.Component;

/** By the ways of proof that are configured of each provider. */
@Component
class ConfiguredProofs implements Proofs {
    private final Providers providers;
    private final OwnIds ids;

    ConfiguredProofs(Providers providers, OwnIds ids) {
        this.providers = providers;
        this.ids = ids;
    }

    @Override
    public boolean isAble(SignedIn who, Assurance assurance) {
        return who.evidence().assurance().compareTo(assurance) >= 0
                || !ids.proving(who, assurance).isEmpty();
    }

    @Override
    public List<String> ids(Assurance assurance, Locale locale) {
        return providers.of(Audience.REGISTRANTS).stream()
                .map(providers::settings)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(provider -> provider.canProve(Purpose.STEP_UP, assurance))
                .map(provider -> provider.label(locale))
                .toList();
    }
}
