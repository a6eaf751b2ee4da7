package org.selfservice.command.application;

import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.OMAR;
import static org.selfservice.command.World.NOW;
import static org.selfservice.command.application.Cases.FIRST;
import static org.selfservice.command.application.Cases.asked;
import static org.selfservice.command.application.Cases.ready;
import static org.selfservice.command.application.Cases.submitted;
import static org.selfservice.command.application.Cases.taken;
import static org.selfservice.command.application.Cases.told;
import static org.selfservice.command.application.Cases.world;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused.Refusal;
import org.selfservice.kernel.application.ApplicationCommand.ProvideInformation;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ProgramEvent.StepUpSet;
import org.selfservice.kernel.registrant.Permission;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateGranted;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegationAccepted;

/** Sending to a program that asks for a sure login of the last quarter of an hour. */
class ProvingTest {
    private static final SubmitApplication SEND = new SubmitApplication(FIRST, LENA, "declaration-1", "fr");
    private static final Instant LONG_AGO = NOW.minusSeconds(901);

    @Test
    void takesALoginThatIsSureEnough() {
        sure().given(Application.class, ready())
                .by(lena(Assurance.BASIC, NOW))
                .refuses(SEND, RefusalCode.AUTHENTICATION_TOO_WEAK);
    }

    @Test
    void takesALoginThatIsRecentEnough() {
        sure().given(Application.class, ready())
                .by(lena(Assurance.STRONG, LONG_AGO))
                .when(SEND)
                .expectNoEvents()
                .expectExceptionDetails(new Refusal(
                        RefusalCode.AUTHENTICATION_TOO_OLD, Map.of("assurance", "STRONG", "minutes", "15")));
    }

    @Test
    void isDoneWithALoginThatIsBoth() {
        sure().given(Application.class, ready())
                .by(lena(Assurance.STRONG, NOW.minusSeconds(900)))
                .grants(SEND, ApplicationSubmitted.class, _ -> {});
    }

    @Test
    void isNotDoneByWhoeverShowsNoLogin() {
        sure().given(Application.class, ready())
                .by(Author.portal("test"))
                .refuses(SEND, RefusalCode.AUTHENTICATION_TOO_WEAK);
    }

    @Test
    void asksNothingOfWhatWasSentAlready() {
        sure().given(Application.class, submitted())
                .by(lena(Assurance.BASIC, LONG_AGO))
                .changesNothing(SEND);
    }

    @Test
    void holdsForWhatIsAskedLaterToo() {
        Map<String, Answer> amount = Map.of("amount", Answer.text("900"));
        ProvideInformation tell = new ProvideInformation(FIRST, LENA);
        sure().given(Application.class, submitted(taken("rita"), asked(List.of("amount"), List.of())))
                .by(lena(Assurance.STRONG, LONG_AGO))
                .refuses(tell, RefusalCode.AUTHENTICATION_TOO_OLD);
        sure().given(Application.class, submitted(taken("rita"), asked(List.of("amount"), List.of()), told(amount)))
                .by(lena(Assurance.BASIC, LONG_AGO))
                .changesNothing(tell);
    }

    @Test
    void takesTheDelegatesOwnLogin() {
        World let = sure().happened(
                        new DelegateGranted(
                                LENA,
                                "d-1",
                                Personal.of("Omar"),
                                MEDICAL,
                                Permission.APPLY,
                                NOW.plus(Duration.ofDays(30)),
                                "a1".repeat(32),
                                NOW.plus(Duration.ofDays(7))),
                        new DelegationAccepted(LENA, "d-1", OMAR));
        let.given(Application.class, ready())
                .by(omar(Assurance.BASIC))
                .refuses(SEND, RefusalCode.AUTHENTICATION_TOO_WEAK);
        let.given(Application.class, ready())
                .by(omar(Assurance.STRONG))
                .grants(SEND, ApplicationSubmitted.class, _ -> {});
    }

    @Test
    void takesTheLoginOfThePersonBesideTheOfficer() {
        sure().given(Application.class, ready()).by(olga(LONG_AGO)).refuses(SEND, RefusalCode.AUTHENTICATION_TOO_OLD);
        sure().given(Application.class, ready()).by(olga(NOW)).grants(SEND, ApplicationSubmitted.class, _ -> {});
    }

    private static World sure() {
        return world().happened(new StepUpSet(MEDICAL, new StepUp(Assurance.STRONG, 15)));
    }

    private static Author.Evidence proved(Assurance assurance, Instant at) {
        return new Author.Evidence("https://id.example", "acr", at, assurance);
    }

    private static Author lena(Assurance assurance, Instant at) {
        return new Author(
                LENA.value(), null, Author.Role.REGISTRANT, null, Author.Channel.WEB, proved(assurance, at), "test");
    }

    private static Author omar(Assurance assurance) {
        return new Author(
                OMAR.value(),
                null,
                Author.Role.DELEGATE,
                LENA.value(),
                Author.Channel.WEB,
                proved(assurance, NOW),
                "test");
    }

    /** @param lenas when Lena, who is with the officer, proved who she is */
    private static Author olga(Instant lenas) {
        return new Author(
                        "olga",
                        "Olga",
                        Author.Role.OFFICER,
                        LENA.value(),
                        Author.Channel.ASSISTED,
                        proved(Assurance.STRONG, lenas),
                        "test")
                .confirmed("read-back-1");
    }
}
