package org.selfservice;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.DeferDocument;
import org.selfservice.kernel.application.ApplicationCommand.RequestInformation;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;

/** Applications to the demo's medical assistance, brought by commands to where a story begins. */
public final class Cases {
    public static final ProgramCode MEDICAL = new ProgramCode("medical-assistance");
    public static final String HOSPITAL = "St. Example’s <b>Hospital</b>";

    private static final Map<RegistrantId, Integer> PEOPLE = new HashMap<>();

    private Cases() {}

    /** Who is signed in with this visitor. */
    public static RegistrantId registrant(Visitor visitor) {
        return new RegistrantId(visitor.get("/me/download")
                .json()
                .get("information")
                .get("registrant")
                .asString());
    }

    /** What is open of the person's is withdrawn: the program takes one at a time. */
    public static void withdrawn(RegistrantId who) {
        PortalUnderTest.ask(new FindDossier(who)).applications().stream()
                .filter(one -> one.program().equals(MEDICAL) && one.state().isOpen())
                .forEach(one -> seen(PortalUnderTest.send(new WithdrawApplication(one.id(), who, Personal.of("")))));
        Awaitility.await()
                .until(() -> PortalUnderTest.ask(new FindDossier(who)).applications().stream()
                        .noneMatch(one ->
                                one.program().equals(MEDICAL) && one.state().isOpen()));
    }

    /** A draft without answers; what else is open of the person's is withdrawn. */
    public static ApplicationId begun(RegistrantId who) {
        withdrawn(who);
        int ordinal = 1
                + (int) PortalUnderTest.ask(new FindDossier(who)).applications().stream()
                        .filter(one -> one.program().equals(MEDICAL))
                        .count();
        ApplicationId application = PortalUnderTest.bean(Pseudonyms.class).application(who, MEDICAL, ordinal);
        seen(PortalUnderTest.send(new ApplyForProgram(application, who, MEDICAL, ordinal, "en")));
        Awaitility.await()
                .until(() -> PortalUnderTest.ask(new FindDossier(who)).applications().stream()
                        .anyMatch(one -> one.id().equals(application)));
        return application;
    }

    /** A draft that could be sent but for the document. */
    public static ApplicationId answered(RegistrantId who) {
        ApplicationId application = begun(who);
        ApplicationFile file = PortalUnderTest.ask(new FindApplication(application));
        seen(PortalUnderTest.send(
                new SaveAnswers(application, who, file.sequence(), Personal.of(answers(who)), Map.of())));
        return application;
    }

    /** Sent, with the hospital's letter owed. */
    public static ApplicationId sent(RegistrantId who) {
        ApplicationId application = answered(who);
        PortalUnderTest.send(new DeferDocument(application, who, "hospital_letter", Deferral.REMIND_ME));
        seen(PortalUnderTest.send(new SubmitApplication(application, who, "2026-11", "en")));
        return application;
    }

    public static Instant request(
            ApplicationId application, List<String> fields, List<String> documents, String reason) {
        Instant deadline = Instant.now().plus(14, ChronoUnit.DAYS);
        seen(PortalUnderTest.send(
                new RequestInformation(application, fields, documents, Personal.of(reason), deadline)));
        return deadline;
    }

    /** Waits until the views show it. */
    public static ApplicationFile seen(Position position) {
        ApplicationId application = new ApplicationId(position.stream());
        return Awaitility.await()
                .ignoreExceptionsMatching(early -> early instanceof Refused no && no.code() == RefusalCode.NOT_FOUND)
                .until(
                        () -> PortalUnderTest.ask(new FindApplication(application)),
                        file -> file.sequence() >= position.sequence());
    }

    /** Every person's own, so that nobody is taken for somebody else. */
    private static Map<String, Answer> answers(RegistrantId who) {
        int number = PEOPLE.computeIfAbsent(who, _ -> PEOPLE.size());
        Map<String, Answer> answers = new LinkedHashMap<>();
        answers.put("name", Answer.text("Somebody O'Example"));
        answers.put(
                "birthdate",
                new Answer.Parts(Map.of("day", "1", "month", "2", "year", String.valueOf(1950 + number % 50))));
        answers.put("for_child", Answer.text("no"));
        answers.put("treatment", Answer.text("operation"));
        answers.put("hospital", Answer.text(HOSPITAL));
        answers.put("starts_on", new Answer.Parts(Map.of("day", "1", "month", "3", "year", "2027")));
        answers.put("cost", Answer.text("1,200"));
        answers.put("phone", Answer.text("+1 202 555 %04d".formatted(number)));
        return answers;
    }
}
