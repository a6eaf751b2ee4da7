package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.selfservice.OwnPortal;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.web.identity.RogueProvider.Reply;

/** A portal whose providers are all one rogue, set up in several ways; started once. */
abstract class AmongRogues {
    static final String SECRET = "a-secret-of-the-portal-and-the-rogue-provider";
    static final String FAILED = "You could not be signed in";
    static final String UNREACHABLE = "This ID cannot be used at the moment";

    static final RogueProvider rogue = new RogueProvider(0);

    private long before;

    /** Made when it is first asked for. */
    private static final class Running {
        static final OwnPortal PORTAL = start();

        private static OwnPortal start() {
            List<String> settings = new ArrayList<>(List.of("--portal.login.patience=1500ms"));
            for (String id : List.of("rogue", "strict", "pushing", "slow")) {
                String name = "--portal.login.providers." + id;
                settings.add(name + ".issuer=" + rogue.issuer);
                settings.add(name + ".label.en=Rogue ID");
                settings.add(name + ".client.id=portal");
                settings.add(name + ".client.secret=" + SECRET);
                settings.add(name + ".claims={\"userinfo\": {\"name\": {\"essential\": true}}}");
            }
            settings.add("--portal.login.api.issuer=" + rogue.issuer);
            settings.add("--portal.login.providers.strict.acr.sign-in=gold,silver");
            settings.add("--portal.login.providers.strict.max-age=5m");
            settings.add("--portal.login.providers.strict.answer-issuer=always");
            settings.add("--portal.login.providers.pushing.endpoints.par=" + rogue.issuer + "/par");
            return OwnPortal.with(settings);
        }
    }

    @BeforeEach
    void behave() {
        rogue.behave();
        before = OwnPortal.logged();
    }

    static Visitor visitor() {
        return Running.PORTAL.visitor();
    }

    /** What was logged since the test began, or since the last refusal. */
    String logged() {
        return OwnPortal.logged(before);
    }

    static Reply jwt(JWTClaimsSet claims) {
        return Reply.text(200, "application/jwt;charset=UTF-8", RogueProvider.signed(claims, "RS256", rogue.key));
    }

    static void signedAt(UnaryOperator<Instant> time) {
        rogue.idToken = claims -> claims.issueTime(Date.from(time.apply(Instant.now())))
                .expirationTime(Date.from(time.apply(Instant.now()).plusSeconds(600)));
    }

    static void answering(String error, String state) {
        rogue.callback = (request, back) -> {
            back.remove("code");
            back.put("error", error);
            if (!state.isEmpty()) {
                back.put("state", state);
            }
        };
    }

    static Answer through(String id, Visitor visitor) {
        return visitor.get("/oauth2/authorization/" + id + "?to=/me");
    }

    /** The provider's answer, not yet delivered. */
    static String callback(Visitor visitor) {
        String there = visitor.look("/oauth2/authorization/rogue?to=/me")
                .header("Location")
                .orElseThrow();
        return new Visitor(rogue.issuer).look(there).header("Location").orElseThrow();
    }

    /** A good code that somebody else's sign-in led to. */
    static String stolenCode() {
        return callback(visitor()).replaceAll(".*[?&]code=([^&]+).*", "$1");
    }

    /** @return what was logged */
    String refused(String id, String text, String logged) {
        refuse(id, text, logged);
        return logged();
    }

    Answer refuse(String id, String text, String logged) {
        before = OwnPortal.logged();
        Visitor visitor = visitor();
        Answer page = through(id, visitor);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.at().getPath()).isEqualTo("/sign-in");
        assertThat(page.body()).contains(text).doesNotContain(RogueProvider.NAME, RogueProvider.SUBJECT);
        assertThat(visitor.look("/me").status()).as("signed in").isEqualTo(302);
        assertThat(logged())
                .contains(logged)
                .doesNotContain(
                        RogueProvider.NAME,
                        RogueProvider.SUBJECT,
                        SECRET,
                        "eyJ",
                        "Bearer ",
                        "1000200030",
                        "somebody-else");
        return page;
    }
}
