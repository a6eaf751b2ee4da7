package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.selfservice.web.identity.LoginSettings.Purpose;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Somebody comes back from the provider for whom it is no login: a person beside an officer, who stays signed in, and whoever
 * confirms who they are. Good for one assisted session, and for the one session that it was begun in.
 */
@Component
class PersonArrives implements AuthenticationSuccessHandler {
    private final SignInOutcome failure;
    private final LoginSessions sessions;
    private final Clock clock;

    PersonArrives(SignInOutcome failure, LoginSessions sessions, Clock clock) {
        this.failure = failure;
        this.sessions = sessions;
        this.clock = clock;
    }

    OAuth2LoginAuthenticationFilter filter(BesideLogin beside) {
        return beside.filter(attempt -> Departures.purpose(attempt) != Purpose.SIGN_IN, this, failure);
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication person)
            throws IOException {
        Errand errand = Departures.errand(Attempts.used(request));
        if (errand != null && errand.confirms() != null && person.getPrincipal() instanceof PortalUser.Person same) {
            SamePerson.takeOver(request, same);
            if (Acting.in(request.getSession()) instanceof Acting.Assisted) {
                sessions.confirmHelp(request.getSession(), same.proof());
            } else {
                sessions.confirm(request.getSession(), same.proof());
            }
            response.sendRedirect(request.getContextPath() + Departures.wanted(Attempts.used(request)));
            return;
        }
        String language = Departures.language(Attempts.used(request));
        Object context =
                request.getSession().getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        if (language == null
                || !(context instanceof SecurityContext own)
                || own.getAuthentication() == null
                || !(own.getAuthentication().getPrincipal() instanceof PortalUser.Staff officer)
                || !(person.getPrincipal() instanceof PortalUser.Person helped)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        Acting.Assisted.of(officer, helped, language, clock.instant()).begin(request);
        sessions.help(request.getSession(), helped.proof());
        response.sendRedirect(request.getContextPath() + WantedPage.HOME);
    }
}
