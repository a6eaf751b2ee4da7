package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Correlation;
import org.selfservice.web.Portal;
import org.selfservice.web.identity.LoginSettings.Audience;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.LocaleResolver;

/**
 * Welcomes who comes back from a provider. The first login of a person registers them; every login records what they agreed
 * to share, and that they agreed. Nobody is signed in before the portal knows them.
 */
@Component
class Arrivals implements OAuth2UserService<OidcUserRequest, OidcUser> {
    static final String NO_ROLE = "no_role";
    static final String FAILED = "portal_failed";
    /** The person beside the officer is the officer. */
    static final String OWN_ID = "own_id";
    /** The officer helps somebody already. */
    static final String ANOTHER = "another_is_helped";
    /** How long what came back from a provider waits for its person's word. */
    static final Duration FRESH = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private final Providers providers;
    private final UserInfo userInfo;
    private final Pseudonyms pseudonyms;
    private final Portal portal;
    private final Sharing sharing;
    private final SecondIds secondIds;
    private final OwnIds ids;
    private final LocaleResolver locales;
    private final Clock clock;

    Arrivals(
            Providers providers,
            UserInfo userInfo,
            Pseudonyms pseudonyms,
            Portal portal,
            Sharing sharing,
            SecondIds secondIds,
            OwnIds ids,
            LocaleResolver locales,
            Clock clock) {
        this.providers = providers;
        this.userInfo = userInfo;
        this.pseudonyms = pseudonyms;
        this.portal = portal;
        this.sharing = sharing;
        this.secondIds = secondIds;
        this.ids = ids;
        this.locales = locales;
        this.clock = clock;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest login) {
        Provider provider = providers.required(login.getClientRegistration());
        Errand errand = Departures.errand(Attempts.current());
        if (errand != null && errand.confirms() != null) {
            return SamePerson.confirmed(login, provider, errand.confirms(), ids);
        }
        Map<String, Object> claims = userInfo.of(login);
        try {
            return provider.audience() == Audience.STAFF
                    ? staff(login, provider, claims)
                    : person(login, provider, claims);
        } catch (OAuth2AuthenticationException known) {
            throw known;
        } catch (RuntimeException failure) {
            LOG.error(
                    "a sign-in through {} failed", login.getClientRegistration().getRegistrationId(), failure);
            throw new OAuth2AuthenticationException(new OAuth2Error(FAILED), failure);
        }
    }

    private PortalUser person(OidcUserRequest login, Provider provider, Map<String, Object> claims) {
        String assistedIn = Departures.language(Attempts.current());
        Locale locale = assistedIn == null ? locale() : Locale.forLanguageTag(assistedIn);
        Map<String, Answer> shared = Claims.demographics(claims, provider.claimMapping(), locale);
        String name = name(shared);
        PortalUser.Entry entry = entry(login, name);
        if (Departures.isLinking(Attempts.current())) {
            return secondIds.arrive(login.getIdToken(), entry, shared, request());
        }
        PortalUser.Staff officer = assistedIn == null ? null : officer(login, shared);
        Function<PortalUser.Person, Author> by = person -> officer == null
                ? person.author(Author.Channel.WEB, Correlation.current())
                : Acting.Assisted.of(officer, person, locale.getLanguage(), clock.instant())
                        .author(Author.Channel.ASSISTED, Correlation.current());
        PortalUser.Person person = known(login.getIdToken(), provider, entry, by);
        if (officer != null
                && ids.leadTo(
                        person.registrant(),
                        officer.proof().issuer(),
                        officer.proof().subject())) {
            throw refused(OWN_ID);
        }
        sharing.record(
                person.registrant(),
                entry.provider(),
                shared,
                officer == null ? Sharing.SIGN_IN : Sharing.ASSISTED,
                locale,
                by.apply(person));
        return person;
    }

    /** Registers whoever comes for the first time. The login may lead to somebody who was registered with another one. */
    private PortalUser.Person known(
            OidcIdToken token, Provider provider, PortalUser.Entry entry, Function<PortalUser.Person, Author> by) {
        String issuer = provider.issuer().toString();
        String subject = token.getSubject();
        for (int generation = 1; ; generation++) {
            PortalUser.Person person = new PortalUser.Person(pseudonyms.registrant(issuer, subject, generation), entry);
            try {
                portal.send(
                        new RegisterRegistrant(
                                person.registrant(),
                                generation,
                                Personal.of(new Login(issuer, subject)),
                                entry.provider(),
                                provider.idType(),
                                Personal.of(entry.name() == null ? "" : entry.name())),
                        by.apply(person));
                return person;
            } catch (Refused no) {
                switch (no.code()) {
                    case REGISTRANT_ERASED, LOGIN_UNLINKED -> {}
                    case LOGIN_LEADS_ELSEWHERE -> {
                        return new PortalUser.Person(
                                new RegistrantId(no.details().getOrDefault("registrant", "")), entry);
                    }
                    default -> throw no;
                }
            }
        }
    }

    /** Who brought the person here; refused before anything is written when that must not be. */
    private PortalUser.Staff officer(OidcUserRequest login, Map<String, Answer> shared) {
        Authentication now = SecurityContextHolder.getContext().getAuthentication();
        if (now == null || !(now.getPrincipal() instanceof PortalUser.Staff officer) || !officer.isOfficer()) {
            throw refused(NO_ROLE);
        }
        OidcIdToken token = login.getIdToken();
        if (officer.isSameLogin(token.getIssuer().toString(), token.getSubject())
                || officer.hasId(hash(shared.get(Demographics.NATIONAL_ID)))) {
            throw refused(OWN_ID);
        }
        if (Acting.in(request().getSession(false)) != null) {
            throw refused(ANOTHER);
        }
        return officer;
    }

    /** Numbers are few enough to be tried one by one, so they are kept only as what a key makes of them. */
    private @Nullable String hash(@Nullable Answer number) {
        return number instanceof Answer.Text(String digits)
                ? pseudonyms
                        .registrant(Demographics.NATIONAL_ID, digits.replaceAll("[^\\p{L}\\p{N}]", ""), 0)
                        .value()
                : null;
    }

    static OAuth2AuthenticationException refused(String code) {
        return new OAuth2AuthenticationException(new OAuth2Error(code));
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }

    private PortalUser staff(OidcUserRequest login, Provider provider, Map<String, Object> userInfo) {
        Map<String, Object> claims = new LinkedHashMap<>(login.getIdToken().getClaims());
        claims.putAll(userInfo);
        Grants grants = Grants.of(claims.get(provider.rolesClaim()));
        if (grants.roles().isEmpty()) {
            throw new OAuth2AuthenticationException(new OAuth2Error(NO_ROLE));
        }
        String username = Objects.toString(
                claims.get(provider.usernameClaim()), login.getIdToken().getSubject());
        String ownId = hash(
                Claims.demographics(claims, provider.claimMapping(), locale()).get(Demographics.NATIONAL_ID));
        return new PortalUser.Staff(
                username, grants, ownId, entry(login, Objects.toString(claims.get("name"), username)));
    }

    private PortalUser.Entry entry(OidcUserRequest login, @Nullable String name) {
        return new PortalUser.Entry(
                login.getClientRegistration().getRegistrationId(),
                login.getIdToken(),
                clock.instant(),
                name,
                providers
                        .required(login.getClientRegistration())
                        .assurance(login.getIdToken().getAuthenticationContextClass()));
    }

    private static @Nullable String name(Map<String, Answer> shared) {
        if (shared.get(Demographics.NAME) instanceof Answer.Text(String name)) {
            return name;
        }
        if (shared.get(Demographics.GIVEN_NAME) instanceof Answer.Text(String given)) {
            return shared.get(Demographics.FAMILY_NAME) instanceof Answer.Text(String family)
                    ? given + " " + family
                    : given;
        }
        return null;
    }

    private Locale locale() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? locales.resolveLocale(attributes.getRequest())
                : Locale.ENGLISH;
    }
}
