package org.selfservice.web.identity;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantCommand.GiveConsent;
import org.selfservice.kernel.registrant.RegistrantCommand.RecordClaims;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.Source;
import org.selfservice.web.Portal;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Records what a login brought and that its person agreed to it, and notes what they should be told on the next page. */
@Component
class Sharing {
    /** Versions of the texts that say what will be shared: on the sign-in page, by an officer, for one more ID. */
    static final String SIGN_IN = "sign-in-1";

    static final String ASSISTED = "assist-1";
    static final String LINKED = "link-1";

    /** Request attribute, later session attribute: demographic attributes that were asked for and not shared. */
    static final String NOT_SHARED = "sign-in.not-shared";
    /** The same for those whose value differs from a verified one that the portal had. */
    static final String CHANGED = "sign-in.changed";

    private final Portal portal;
    private final Providers providers;

    Sharing(Portal portal, Providers providers) {
        this.portal = portal;
        this.providers = providers;
    }

    void record(
            RegistrantId registrant,
            String provider,
            Map<String, Answer> shared,
            String text,
            Locale locale,
            Author author) {
        if (shared.isEmpty()) {
            return;
        }
        Dossier before = portal.ask(new FindDossier(registrant));
        consent(registrant, provider, shared, text, locale, author);
        Position position = portal.send(new RecordClaims(registrant, provider, Personal.of(shared)), author);
        portal.ask(new FindDossier(registrant), dossier -> dossier.hasSeen(position.stream(), position.sequence()));
        if (author.onBehalfOf() == null) {
            tell(NOT_SHARED, notShared(Objects.requireNonNull(providers.settings(provider)), shared, before));
            tell(CHANGED, changed(provider, shared, before));
        }
    }

    /** One consent for one set of claims, however often the person comes back; a withdrawn one is given anew. */
    private void consent(
            RegistrantId registrant,
            String provider,
            Map<String, Answer> shared,
            String text,
            Locale locale,
            Author author) {
        List<String> claims = List.copyOf(new TreeSet<>(shared.keySet()));
        String id = "sign-in-" + provider + "-" + digest(text, claims);
        for (int again = 1; ; again++) {
            try {
                portal.send(
                        new GiveConsent(
                                registrant,
                                again == 1 ? id : id + "-" + again,
                                provider,
                                claims,
                                "sign-in",
                                text,
                                locale.getLanguage()),
                        author);
                return;
            } catch (Refused no) {
                if (no.code() != RefusalCode.CONSENT_WITHDRAWN) {
                    throw no;
                }
            }
        }
    }

    /** What was asked for, did not come and is not known from earlier: it is told once. */
    private static List<String> notShared(Provider provider, Map<String, Answer> shared, Dossier before) {
        boolean told = before.consents().stream()
                .anyMatch(consent -> consent.withdrawnAt() == null
                        && consent.purpose().equals("sign-in")
                        && shared.keySet().containsAll(consent.claims())
                        && consent.claims().containsAll(shared.keySet()));
        return told
                ? List.of()
                : provider.asked().stream()
                        .map(claim -> Claims.attribute(claim, provider.claimMapping()))
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .filter(attribute -> !shared.containsKey(attribute))
                        .toList();
    }

    /** What this provider says for the first time, while the portal held another verified value. */
    private static List<String> changed(String provider, Map<String, Answer> shared, Dossier before) {
        return Demographics.ALL.stream()
                .filter(shared::containsKey)
                .filter(attribute -> {
                    Answer now = shared.get(attribute);
                    List<DemographicValue> held = before.demographics().getOrDefault(attribute, List.of()).stream()
                            .filter(DemographicValue::current)
                            .filter(DemographicValue::verified)
                            .toList();
                    return held.stream()
                                    .noneMatch(value -> value.source().equals(Source.provider(provider))
                                            && now.equals(value.value()))
                            && held.stream().anyMatch(value -> value.value() != null && !now.equals(value.value()));
                })
                .toList();
    }

    private static void tell(String what, List<String> attributes) {
        if (!attributes.isEmpty()) {
            Serializable kept = new ArrayList<>(attributes);
            Objects.requireNonNull(RequestContextHolder.getRequestAttributes())
                    .setAttribute(what, kept, RequestAttributes.SCOPE_REQUEST);
        }
    }

    private static String digest(String text, List<String> claims) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((text + " " + String.join(" ", claims)).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
