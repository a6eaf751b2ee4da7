package org.selfservice.command.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.selfservice.command.Samples.person;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.command.CommandSideUnderTest;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.registrant.ContactPreferences;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.JoinLogin;
import org.selfservice.kernel.registrant.RegistrantCommand.LinkIdentity;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.SetContactPreferences;
import org.selfservice.kernel.registrant.RegistrantCommand.UnlinkIdentity;
import org.selfservice.kernel.registrant.RegistrantCommand.UpdateDemographics;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.Source;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who is told what: once, and only as they wish. */
class NotificationsIT {
    @TempDir
    Path home;

    @Test
    void whatHappenedIsToldOnceAndNotAgainWhenTheProcessBeginsAnew() {
        RegistrantId who;
        try (CommandSideUnderTest side = new CommandSideUnderTest(home)) {
            side.openMedical();
            who = reachable(side, "zoe", Via.EMAIL);
            withdrawn(side, who, 1);
            side.awaitProcesses();
            assertThat(kept(side)).containsExactly("EMAIL WITHDRAWN fr");

            sql(side)
                    .update("update process_position set token = null, tokentype = null"
                            + " where processorname = 'notifications'");
        }
        try (CommandSideUnderTest side = new CommandSideUnderTest(home)) {
            side.awaitProcesses();
            assertThat(kept(side)).containsExactly("EMAIL WITHDRAWN fr");
        }
    }

    @Test
    void whoseLoginsChangeIsTold() {
        try (CommandSideUnderTest side = new CommandSideUnderTest(home)) {
            RegistrantId who = reachable(side, "zoe", Via.SMS);
            RegisterRegistrant other = side.registration("zoe as a farmer", 1);
            RegistrantId login = other.registrant();
            side.send(new JoinLogin(login, 1, other.login(), "l-1", who, "farmer", IdType.FUNCTIONAL), person(who));
            side.send(new LinkIdentity(who, "l-1", login, "farmer", IdType.FUNCTIONAL), person(who));
            side.send(new UnlinkIdentity(who, "l-1"), person(who));
            side.awaitProcesses();
            assertThat(kept(side)).containsExactly("SMS ID_LINKED fr", "SMS ID_UNLINKED fr");
        }
    }

    @Test
    void whoWantsNoneGaveNoAddressOrWasErasedIsToldNothing() {
        try (CommandSideUnderTest side = new CommandSideUnderTest(home)) {
            side.openMedical();
            withdrawn(side, side.register("nobody asked"), 1);
            withdrawn(side, reachable(side, "wants none", Via.NONE), 1);
            RegistrantId without = side.register("no address");
            side.send(new SetContactPreferences(without, new ContactPreferences(Via.EMAIL, "en")), person(without));
            withdrawn(side, without, 1);
            side.awaitProcesses();
            assertThat(kept(side)).isEmpty();

            RegistrantId erased = reachable(side, "erased", Via.EMAIL);
            withdrawn(side, erased, 1);
            side.awaitProcesses();
            assertThat(kept(side)).hasSize(1);
            side.send(new EraseRegistrant(erased), person(erased));
            side.awaitProcesses();
            assertThat(kept(side)).isEmpty();
        }
    }

    @Test
    void theNextMessageGoesTheOtherWayOnceTheWishChanged() {
        try (CommandSideUnderTest side = new CommandSideUnderTest(home)) {
            side.openMedical();
            RegistrantId who = reachable(side, "zoe", Via.EMAIL);
            withdrawn(side, who, 1);
            side.awaitProcesses();
            side.send(new SetContactPreferences(who, new ContactPreferences(Via.SMS, "ar")), person(who));
            withdrawn(side, who, 2);
            side.awaitProcesses();
            assertThat(kept(side)).containsExactly("EMAIL WITHDRAWN fr", "SMS WITHDRAWN ar");
        }
    }

    /** Each saving keeps a draft longer, and so is told of anew. */
    @Test
    void whoseDraftIsSoonNotKeptAnyMoreIsToldOnceForEachDayUntilWhichItIsKept() {
        try (CommandSideUnderTest side = new CommandSideUnderTest(
                home, "--portal.drafts.notice-check=PT0.2S", "--portal.drafts.expiry-check=PT0.2S")) {
            side.openMedical();
            RegistrantId who = reachable(side, "zoe", Via.EMAIL);
            ApplicationId application = side.apply(who, 1);
            side.awaitProcesses();
            inDays(26);
            stays(side, List.of());

            inDays(28);
            stays(side, List.of("EMAIL DRAFT_EXPIRES fr"));

            side.send(
                    new SaveAnswers(
                            application, who, 0, Personal.of(Map.of("treatment", Answer.text("A knee"))), Map.of()),
                    person(who));
            stays(side, List.of("EMAIL DRAFT_EXPIRES fr"));
            inDays(56);
            stays(side, List.of("EMAIL DRAFT_EXPIRES fr", "EMAIL DRAFT_EXPIRES fr"));
            assertThat(sql(side).queryForObject("select count(*) from draft where told_of = kept_until", Long.class))
                    .isOne();
        } finally {
            GenericEventMessage.clock = Clock.systemUTC();
        }
    }

    private static void inDays(int days) {
        GenericEventMessage.clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(days));
    }

    private static void stays(CommandSideUnderTest side, List<String> expected) {
        await().atMost(Duration.ofSeconds(20)).until(() -> kept(side).equals(expected));
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> kept(side).equals(expected));
    }

    private static RegistrantId reachable(CommandSideUnderTest side, String subject, Via via) {
        RegistrantId who = side.register(subject);
        side.send(
                new UpdateDemographics(
                        who,
                        Source.self(),
                        Personal.of(Map.of(
                                "email", Answer.text("zoe@example.org"),
                                "phone_number", Answer.text("+12025550112")))),
                person(who));
        side.send(new SetContactPreferences(who, new ContactPreferences(via, "fr")), person(who));
        return who;
    }

    private static void withdrawn(CommandSideUnderTest side, RegistrantId who, int ordinal) {
        ApplicationId application = side.apply(who, ordinal);
        side.send(new WithdrawApplication(application, who, Personal.of("no secret")), person(who));
    }

    private static List<String> kept(CommandSideUnderTest side) {
        return sql(side)
                .queryForList(
                        "select channel || ' ' || notice || ' ' || language from notification"
                                + " where state = 'WAITING' order by number",
                        String.class);
    }

    private static JdbcTemplate sql(CommandSideUnderTest side) {
        return new JdbcTemplate(side.get("portalDataSource", DataSource.class));
    }
}
