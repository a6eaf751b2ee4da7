package org.selfservice.web.identity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.identity.StaffNames;
import org.selfservice.web.identity.LoginSettings.Audience;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/** Where a person goes after the provider: to the page they wanted, or to one that says what happened. */
@Component
class SignInOutcome implements AuthenticationSuccessHandler, AuthenticationFailureHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SignInOutcome.class);
    private static final String RESTARTED = SignInOutcome.class.getName() + ".restarted";
    private static final String OWNER = SignInOutcome.class.getName() + ".owner";
    private static final Duration ONCE = Duration.ofMinutes(2);
    /** What providers say when the person said no: RFC 6749, section 4.1.2.1, and what others made of it. */
    private static final Set<String> DECLINED = Set.of(
            "access_denied",
            "consent_details_rejected",
            "consent_rejected",
            "interaction_required",
            "consent_required");

    private static final Set<String> ATTEMPT_GONE =
            Set.of("authorization_request_not_found", "transaction_timeout", "invalid_grant");

    private final Providers providers;
    private final LoginSessions sessions;
    private final StaffNames names;
    private final Clock clock;
    private final MeterRegistry meters;

    SignInOutcome(Providers providers, LoginSessions sessions, StaffNames names, Clock clock, MeterRegistry meters) {
        this.providers = providers;
        this.sessions = sessions;
        this.names = names;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        String wanted = Departures.wanted(Attempts.used(request));
        if (authentication.getPrincipal() instanceof PortalUser.Staff staff) {
            String name = staff.displayName();
            if (name != null) {
                names.learn(staff.getName(), name);
            }
            if (wanted.equals(WantedPage.HOME)) {
                wanted = StaffHome.ADDRESS;
            }
        }
        count(provider(request), "signed-in");
        HttpSession session = request.getSession();
        session.removeAttribute(RESTARTED);
        forgetAnother(session, authentication.getName());
        if (authentication.getPrincipal() instanceof PortalUser user) {
            sessions.begin(session, user.proof());
        }
        boolean notShared = keep(Sharing.NOT_SHARED, request, session);
        boolean changed = keep(Sharing.CHANGED, request, session);
        redirect(
                request,
                response,
                changed
                        ? WantedPage.carriedBy(SignInPages.CHANGED, wanted)
                        : notShared ? WantedPage.carriedBy(SignInPages.NOT_SHARED, wanted) : wanted);
    }

    /** For the page that tells it. */
    private static boolean keep(String what, HttpServletRequest request, HttpSession session) {
        Object told = request.getAttribute(what);
        if (told == null) {
            session.removeAttribute(what);
        } else {
            session.setAttribute(what, told);
        }
        return told != null;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String code = code(request, failure);
        OAuth2AuthorizationRequest attempt = Attempts.used(request);
        String provider = provider(request);
        Provider settings = provider == null ? null : providers.settings(provider);
        if (provider == null || settings == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String wanted = attempt != null
                ? Departures.wanted(attempt)
                : WantedPage.safe(request.getParameter(WantedPage.PARAMETER));
        Errand errand = Departures.errand(attempt);
        if (errand != null && errand.confirms() != null) {
            LOG.info("who was signed in did not confirm it through {}: {}", provider, Loggable.code(code));
            redirect(request, response, ConfirmPages.again(errand.confirms(), wanted, confirmOutcome(code)));
            return;
        }
        if (Departures.isLinking(attempt)) {
            LOG.info("another ID of a person did not come from {}: {}", provider, Loggable.code(code));
            redirect(request, response, IdPages.ADDRESS + "?outcome=" + besideOutcome(code));
            return;
        }
        if (Departures.language(attempt) != null || isStaff(request) && settings.audience() == Audience.REGISTRANTS) {
            LOG.info("a person beside an officer did not sign in through {}: {}", provider, Loggable.code(code));
            redirect(request, response, AssistPages.ADDRESS + "?outcome=" + besideOutcome(code));
            return;
        }
        if (ATTEMPT_GONE.contains(code)) {
            if (isSignedIn(request)) {
                redirect(request, response, WantedPage.HOME);
                return;
            }
            if (mayRestart(request)) {
                redirect(request, response, WantedPage.carriedBy(Departures.START + provider, wanted));
                return;
            }
        }
        LOG.info("a sign-in through {} ended with {}{}", provider, Loggable.code(code), why(failure));
        String page = settings.audience() == Audience.STAFF ? "/staff/sign-in" : "/sign-in";
        String outcome = outcome(code);
        count(provider, outcome);
        String address = WantedPage.carriedBy(page, wanted);
        redirect(
                request,
                response,
                address + (address.contains("?") ? "&" : "?") + "outcome=" + outcome + "&with=" + provider);
    }

    private void count(@Nullable String provider, String outcome) {
        Counter.builder("portal.sign.ins")
                .description("Sign-ins by their provider and what became of them")
                .tag("provider", Objects.requireNonNullElse(provider, "unknown"))
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    /** What the sign-in page says: names of texts. */
    private static String outcome(String code) {
        if (DECLINED.contains(code)) {
            return "declined";
        }
        return switch (code) {
            case Providers.UNREACHABLE -> "unreachable";
            case Arrivals.NO_ROLE -> "no-role";
            case IdTokens.WEAK -> "weak";
            case IdTokens.STALE -> "stale";
            default -> "failed";
        };
    }

    /** Why nobody is helped, or nothing is linked: names of texts. */
    private static String besideOutcome(String code) {
        if (DECLINED.contains(code)) {
            return "declined";
        }
        if (ATTEMPT_GONE.contains(code)) {
            return "expired";
        }
        return switch (code) {
            case Providers.UNREACHABLE -> "unreachable";
            case IdTokens.WEAK, IdTokens.STALE -> "weak";
            case Arrivals.OWN_ID -> "own";
            case Arrivals.ANOTHER -> "open";
            case SecondIds.KNOWN -> "known";
            default -> "failed";
        };
    }

    /** Why it is not confirmed: names of texts. */
    private static String confirmOutcome(String code) {
        if (DECLINED.contains(code)) {
            return "declined";
        }
        return switch (code) {
            case Providers.UNREACHABLE -> "unreachable";
            case IdTokens.WEAK, IdTokens.STALE -> "weak";
            case SamePerson.ANOTHER -> "another";
            default -> "failed";
        };
    }

    /** By the session: whoever fails to sign in is nobody for this request. */
    private static boolean isStaff(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        Object context = session == null
                ? null
                : session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        return context instanceof SecurityContext own
                && own.getAuthentication() != null
                && own.getAuthentication().getPrincipal() instanceof PortalUser.Staff;
    }

    /** The innermost code: libraries wrap the one that says most. */
    private static String code(HttpServletRequest request, AuthenticationException failure) {
        String code = "failed";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case OAuth2AuthenticationException known -> {
                    code = known.getError().getErrorCode();
                    if (code.equals(Arrivals.FAILED)) {
                        return code;
                    }
                }
                case JwtValidationException invalid -> {
                    for (OAuth2Error error : invalid.getErrors()) {
                        if (Set.of(IdTokens.WEAK, IdTokens.STALE).contains(error.getErrorCode())) {
                            return error.getErrorCode();
                        }
                    }
                }
                // whoever was slow or gone while the person came back
                case IOException gone
                when !(gone instanceof ProviderCalls.TooLong) -> {
                    return Providers.UNREACHABLE;
                }
                default -> {
                    // perhaps its cause says more
                }
            }
        }
        // eSignet may answer that the person said no with another state than the one it was given
        String said = request.getParameter(OAuth2ParameterNames.ERROR);
        return said != null && ATTEMPT_GONE.contains(code) ? said : code;
    }

    /** For the log, in words that are the portal's or its libraries' own. */
    private static String why(AuthenticationException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case JwtValidationException invalid -> {
                    return ": "
                            + invalid.getErrors().stream()
                                    .map(error -> String.valueOf(error.getDescription()))
                                    .collect(Collectors.joining("; "))
                                    .replaceAll("\\p{Cntrl}", " ");
                }
                case OAuth2AuthenticationException known
                when known.getError().getErrorCode().equals(UserInfo.INVALID)
                        && known.getError().getDescription() != null -> {
                    return ": " + known.getError().getDescription();
                }
                default -> {
                    // perhaps its cause says more
                }
            }
        }
        return "";
    }

    /** The last part of the address, both on the way there and back. */
    private static @Nullable String provider(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return path.startsWith(Departures.START) || path.startsWith(IssuerCheck.CALLBACK)
                ? path.substring(path.lastIndexOf('/') + 1)
                : null;
    }

    /** A used or expired attempt begins again without a word; a second time in a row something else is wrong. */
    private boolean mayRestart(HttpServletRequest request) {
        HttpSession session = request.getSession();
        Instant last = (Instant) session.getAttribute(RESTARTED);
        session.setAttribute(RESTARTED, clock.instant());
        return last == null || last.plus(ONCE).isBefore(clock.instant());
    }

    /** Whoever used this browser before and did not sign out leaves nothing behind for the next person. */
    private static void forgetAnother(HttpSession session, String name) {
        Object before = session.getAttribute(OWNER);
        if (before != null && !before.equals(name)) {
            Collections.list(session.getAttributeNames()).stream()
                    .filter(attribute -> !attribute.contains("security"))
                    .filter(attribute -> !attribute.startsWith("SPRING_SECURITY"))
                    .forEach(session::removeAttribute);
        }
        session.setAttribute(OWNER, name);
    }

    static boolean isOwner(String attribute) {
        return attribute.equals(OWNER);
    }

    private static boolean isSignedIn(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null
                && session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) != null;
    }

    private static void redirect(HttpServletRequest request, HttpServletResponse response, String path)
            throws IOException {
        response.sendRedirect(request.getContextPath() + path);
    }
}
