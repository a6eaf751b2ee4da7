package org.selfservice.web.identity;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.identity.Pseudonyms;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * Which session began with which login. It is kept beside the sessions and as long as they are: whoever ends the login at
 * the provider ends them too, whichever process they are used through and however often it was restarted.
 */
@Component
class LoginSessions {
    /** Session attribute, until the session is saved. */
    private static final String BEGUN = LoginSessions.class.getName() + ".begun";
    /** Longer than a logout token is good for. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final JdbcClient sessions;
    private final Pseudonyms pseudonyms;

    LoginSessions(@Qualifier("portalDataSource") DataSource database, Pseudonyms pseudonyms) {
        this.sessions = JdbcClient.create(database);
        this.pseudonyms = pseudonyms;
    }

    private record Begun(
            String issuer, String login, @Nullable String sid) implements Serializable {}

    /** To be noted once the session is saved under its new id. */
    void begin(jakarta.servlet.http.HttpSession session, PortalUser user) {
        session.setAttribute(
                BEGUN,
                new Begun(
                        user.evidence().issuer(),
                        login(user.evidence().issuer(), user.getIdToken().getSubject()),
                        user.getIdToken().getClaimAsString("sid")));
    }

    /** What must be noted of a session that is about to be saved; the session itself forgets it. */
    static @Nullable Serializable unnoted(Session session) {
        Begun begun = session.getAttribute(BEGUN);
        if (begun != null) {
            session.removeAttribute(BEGUN);
        }
        return begun;
    }

    /** @param unnoted by {@link #unnoted} */
    void note(String session, Serializable unnoted) {
        Begun begun = (Begun) unnoted;
        sessions.sql("""
                insert into login_of_session (session, issuer, login, sid)
                select primary_id, ?, ?, ? from spring_session where session_id = ?
                on conflict (session) do update
                set issuer = excluded.issuer, login = excluded.login, sid = excluded.sid
                """)
                .param(begun.issuer())
                .param(begun.login())
                .param(begun.sid())
                .param(session)
                .update();
    }

    /**
     * Ends the sessions of a login.
     *
     * @param subject null for whoever it is
     * @param sid the provider's own session (OpenID Connect Front-Channel Logout 1.0, section 3); null for all
     * @return how many
     */
    int end(String issuer, @Nullable String subject, @Nullable String sid) {
        return sessions.sql("""
                delete from spring_session where primary_id in (select session from login_of_session
                where issuer = :issuer
                and (cast(:login as varchar) is null or login = :login)
                and (cast(:sid as varchar) is null or sid = :sid))
                """)
                .param("issuer", issuer)
                .param("login", subject == null ? null : login(issuer, subject))
                .param("sid", sid)
                .update();
    }

    /** Ends all sessions of whoever has this name, in all browsers. */
    void endAll(String principal) {
        sessions.sql("delete from spring_session where principal_name = ?")
                .param(principal)
                .update();
    }

    /** The same, but for the session in which it is wished. */
    void endOthers(String principal, String session) {
        sessions.sql("delete from spring_session where principal_name = ? and session_id <> ?")
                .param(principal)
                .param(session)
                .update();
    }

    /** Whether the token is used for the first time; from now on it was. */
    boolean isFirstUse(String issuer, String tokenId, Instant now) {
        sessions.sql("delete from logout_token where used_at < ?")
                .param(now.minus(REMEMBERED).atOffset(ZoneOffset.UTC))
                .update();
        return sessions.sql("insert into logout_token values (?, ?) on conflict do nothing")
                        .param(digest(issuer + " " + tokenId))
                        .param(now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Subjects may be what identifies a person. No registrant is of generation 0. */
    private String login(String issuer, String subject) {
        return pseudonyms.registrant(issuer, subject, 0).value();
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
