package org.selfservice.web.identity;

import jakarta.servlet.http.HttpSession;
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
 * Which session rests on which logins: of whoever signed in, and of the person whom they help in it. It is kept beside the
 * sessions and as long as they are: whoever ends a login at the provider ends them too, whichever process they are used through
 * and however often it was restarted. Of a person who is helped only the help ends; whoever helps stays signed in.
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

    /** @param first whether it takes the place of all that were noted before */
    private record Begun(
            String issuer, String login, @Nullable String sid, boolean helped, boolean first) implements Serializable {}

    /** Somebody signed in. To be noted once the session is saved under its new id, as all of these. */
    void begin(HttpSession session, Acting.Proof login) {
        note(session, login, false, true);
    }

    /** They proved it once more, perhaps with another ID of theirs. */
    void confirm(HttpSession session, Acting.Proof login) {
        note(session, login, false, false);
    }

    /** Somebody is helped. */
    void help(HttpSession session, Acting.Proof login) {
        note(session, login, true, true);
    }

    /** Whoever is helped proved it once more. */
    void confirmHelp(HttpSession session, Acting.Proof login) {
        note(session, login, true, false);
    }

    private void note(HttpSession session, Acting.Proof login, boolean helped, boolean first) {
        session.setAttribute(
                BEGUN, new Begun(login.issuer(), login(login.issuer(), login.subject()), login.sid(), helped, first));
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
        if (begun.first()) {
            sessions.sql("""
                    delete from login_of_session where helped = ?
                    and session = (select primary_id from spring_session where session_id = ?)
                    """).param(begun.helped()).param(session).update();
        }
        sessions.sql("""
                insert into login_of_session (session, issuer, login, sid, helped)
                select primary_id, ?, ?, ?, ? from spring_session where session_id = ?
                on conflict (session, helped, issuer, login) do update set sid = excluded.sid
                """)
                .param(begun.issuer())
                .param(begun.login())
                .param(begun.sid())
                .param(begun.helped())
                .param(session)
                .update();
    }

    /** Whether the person who is helped in this session is still signed in at the provider, as far as it said. */
    boolean isHelped(String session) {
        return sessions.sql("""
                select exists (select 1 from login_of_session join spring_session on primary_id = session
                where session_id = ? and helped)
                """).param(session).query(Boolean.class).single();
    }

    /**
     * Ends the sessions that rest on a login, and the help for its person.
     *
     * @param subject null for whoever it is
     * @param sid the provider's own session (OpenID Connect Front-Channel Logout 1.0, section 3); null for all. A login that
     *     came without one may have been of any
     * @return how many
     */
    int end(String issuer, @Nullable String subject, @Nullable String sid) {
        return delete("login_of_session where helped and session", true, issuer, subject, sid)
                + delete("spring_session where primary_id", false, issuer, subject, sid);
    }

    private int delete(String which, boolean helped, String issuer, @Nullable String subject, @Nullable String sid) {
        return sessions.sql("delete from " + which + """
                 in (select session from login_of_session
                where issuer = :issuer and helped = :helped
                and (cast(:login as varchar) is null or login = :login)
                and (cast(:sid as varchar) is null or sid = :sid or sid is null and login = :login))
                """)
                .param("issuer", issuer)
                .param("helped", helped)
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
