package org.selfservice.web.identity;

import static org.selfservice.PortalUnderTest.bean;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.selfservice.Visitor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** A visitor's session, as the portal under test keeps it. */
public final class KeptSession {
    private static final String CONTEXT = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
    private final String id;

    private KeptSession(String cookie) {
        this.id = new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
    }

    public static KeptSession of(Visitor visitor) {
        return new KeptSession(visitor.cookie(Sessions.COOKIE).orElseThrow().getValue());
    }

    public static KeptSession of(String cookie) {
        return new KeptSession(cookie);
    }

    String id() {
        return id;
    }

    PortalUser user() {
        SecurityContext context = Objects.requireNonNull(found().getAttribute(CONTEXT));
        return (PortalUser) Objects.requireNonNull(
                Objects.requireNonNull(context.getAuthentication()).getPrincipal());
    }

    /** As if its registrant had signed in so long ago. */
    public void age(Duration age) {
        Instant then = Instant.now().minus(age);
        PortalUser.Person user = (PortalUser.Person) user();
        OidcIdToken token = new OidcIdToken(
                user.getIdToken().getTokenValue(),
                null,
                null,
                Map.of(
                        "sub",
                        user.getIdToken().getSubject(),
                        "iss",
                        user.evidence().issuer(),
                        "auth_time",
                        then));
        PortalUser.Person older = new PortalUser.Person(
                user.registrant(),
                new PortalUser.Entry(
                        user.provider(),
                        token,
                        then,
                        user.displayName(),
                        user.evidence().assurance()));
        Session session = found();
        session.setAttribute(
                CONTEXT,
                new SecurityContextImpl(new OAuth2AuthenticationToken(older, older.getAuthorities(), user.provider())));
        sessions().save(session);
    }

    /** As if nothing had been done for longer than is allowed. */
    public void idle() {
        JdbcClient.create(bean("portalDataSource", DataSource.class))
                .sql("update spring_session set last_access_time = 1, expiry_time = 2 where session_id = ?")
                .param(id)
                .update();
    }

    /** As a request would that began before something else happened and ends after it. */
    void saveAfter(Runnable somethingElse) {
        Session session = found();
        somethingElse.run();
        session.setAttribute("late", "kept by a request that is under way");
        sessions().save(session);
    }

    private Session found() {
        return Objects.requireNonNull(sessions().findById(id));
    }

    @SuppressWarnings("unchecked")
    private static SessionRepository<Session> sessions() {
        return bean("sessions", SessionRepository.class);
    }
}
