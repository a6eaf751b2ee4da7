package org.selfservice.web.demo;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantCommand.GiveConsent;
import org.selfservice.kernel.registrant.RegistrantCommand.RecordClaims;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Portal;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Many people, all invented, who ask for the demonstration's cash transfer: what pages would send for each of them. */
@Component
@Profile("demo")
public class DemoPeople {
    private static final ProgramCode PROGRAM = new ProgramCode("cash-transfer");
    private static final String ISSUER = "https://nobody.invalid";
    private static final String NAME = "Nelly Nobody";

    private final Portal portal;
    private final Pseudonyms pseudonyms;

    DemoPeople(Portal portal, Pseudonyms pseudonyms) {
        this.portal = portal;
        this.pseudonyms = pseudonyms;
    }

    /** One after the other, each with a phone and a day of birth of their own; nobody can sign in as one of them. */
    public void apply(int people) {
        for (int i = 0; i < people; i++) {
            apply(
                    UUID.randomUUID().toString(),
                    "+25472%07d".formatted(i),
                    LocalDate.now(ZoneOffset.UTC).minusYears(20).minusDays(i));
        }
    }

    private void apply(String subject, String phone, LocalDate born) {
        RegistrantId id = pseudonyms.registrant(ISSUER, subject, 1);
        Author signIn = Author.portal("sign-in");
        portal.send(
                new RegisterRegistrant(
                        id,
                        1,
                        Personal.of(new Login(ISSUER, subject)),
                        "national",
                        IdType.FOUNDATIONAL,
                        Personal.of(NAME)),
                signIn);
        portal.send(
                new RecordClaims(
                        id,
                        "national",
                        Personal.of(Map.of("name", Answer.text(NAME), "phone_number", Answer.text(phone)))),
                signIn);
        Author person = new Author(
                id.value(),
                null,
                Author.Role.REGISTRANT,
                null,
                Author.Channel.WEB,
                new Author.Evidence(ISSUER, "mosip:idp:acr:generated-code", null),
                UUID.randomUUID().toString());
        portal.send(new GiveConsent(id, "c", "national", List.of("name"), "sign-in", "1", "en"), person);
        ApplicationId application = pseudonyms.application(id, PROGRAM, 1);
        Position begun = portal.send(new ApplyForProgram(application, id, PROGRAM, 1, "en"), person);
        Map<String, Answer> answers = new HashMap<>(Map.of(
                "name",
                Answer.text(NAME),
                "birthdate",
                Answer.text(born.toString()),
                "phone",
                Answer.text(phone),
                "address",
                new Answer.Parts(Map.of("line1", "1 Nowhere Lane", "town", "Lakeside"))));
        Position saved = save(application, id, begun, answers, person);
        answers.clear();
        answers.put("income", Answer.text("120"));
        answers.put("other_aid", Answer.text("no"));
        answers.put("work", Answer.text("no-work"));
        answers.put("region", Answer.text("lakeside"));
        answers.put("payment", Answer.text("mobile"));
        save(application, id, saved, answers, person);
        portal.send(new SubmitApplication(application, id, "1", "en"), person);
    }

    private Position save(
            ApplicationId application, RegistrantId id, Position seen, Map<String, Answer> answers, Author person) {
        return portal.send(
                new SaveAnswers(application, id, seen.sequence(), Personal.of(Map.copyOf(answers)), Map.of()), person);
    }
}
