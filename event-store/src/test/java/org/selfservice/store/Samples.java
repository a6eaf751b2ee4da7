package org.selfservice.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationEvent.*;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.Outcome;
import org.selfservice.kernel.application.Submission.RuleOutcome;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.application.Verdict;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.enrolment.EnrolmentEvent.*;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Condition.Match;
import org.selfservice.kernel.form.Condition.Operator;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormEvent.*;
import org.selfservice.kernel.form.Option;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramEvent.*;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramProfile.Target;
import org.selfservice.kernel.program.Retention;
import org.selfservice.kernel.registrant.ContactPreferences;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.kernel.registrant.Permission;
import org.selfservice.kernel.registrant.RegistrantEvent.*;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateGranted;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateRevoked;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegationAccepted;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityLinked;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityUnlinked;
import org.selfservice.kernel.registrant.RegistrantEvent.LoginJoined;
import org.selfservice.kernel.registrant.RegistrantEvent.LoginReleased;
import org.selfservice.kernel.registrant.RegistrantEvent.SameNumberFound;
import org.selfservice.kernel.registrant.RegistrantEvent.TakenLoginReported;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.Source;
import org.selfservice.kernel.registrant.Source.Kind;

/** One of every event, with everything in it that can be in it. Every text that tells something about a person is marked. */
final class Samples {
    /** In every sample text that is personal. */
    static final String MARK = "~personal~";

    static final RegistrantId REGISTRANT = new RegistrantId("r-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");
    static final ApplicationId APPLICATION = new ApplicationId("a-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");
    static final RegistrantId OTHER_REGISTRANT = new RegistrantId("r-GFEDCBAzyxwvutsrqponmlkjihgfedcba9876543210");
    static final ApplicationId OTHER_APPLICATION = new ApplicationId("a-GFEDCBAzyxwvutsrqponmlkjihgfedcba9876543210");
    static final EnrolmentId ENROLMENT = new EnrolmentId("e-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");
    static final ProgramCode PROGRAM = new ProgramCode("cash-transfer");
    static final FormCode FORM = new FormCode("household");
    static final DocumentId DOCUMENT = new DocumentId("d-0123456789abcdefghij");

    private static final String SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final Instant LATER = Instant.parse("2027-01-31T22:59:59.123456Z");

    private Samples() {}

    static List<Event> all() {
        return List.of(
                new ProgramCreated(PROGRAM, profile()),
                new ProgramRevised(PROGRAM, profile()),
                new FormMapped(PROGRAM, FORM, 3, SHA, OpenDrafts.values()[0]),
                new ApplicationPolicySet(PROGRAM, ApplicationPolicy.perPeriod(3, 365)),
                new EligibilityRulesSet(
                        PROGRAM,
                        2,
                        List.of(new EligibilityRule("adult", "age(person.birthdate) >= 18", text("Adults"), true))),
                new DocumentsRequired(PROGRAM, List.of(new DocumentRequirement("land_record", text("Deed"), true))),
                new RejectionReasonsSet(PROGRAM, List.of(new RejectionReason("income", text("Income is too high")))),
                new AutoEnrolmentSet(PROGRAM, true),
                new RetentionSet(PROGRAM, new Retention(365, 30, null)),
                new StepUpSet(PROGRAM, new StepUp(Assurance.STRONG, 15)),
                new ProgramOpened(PROGRAM),
                new ProgramSuspended(PROGRAM, text("Flood")),
                new ProgramClosed(PROGRAM),
                new FormCreated(FORM, text("Household")),
                new FormRenamed(FORM, text("Household and land")),
                new FormDraftRevised(FORM, definition()),
                new FormVersionPublished(FORM, 3, definition(), SHA),
                new FormVersionRetired(FORM, 2),
                new RegistrantRegistered(
                        REGISTRANT,
                        2,
                        Personal.of(new Login("https://id.example.org" + MARK, MARK + "8267411571")),
                        "national-id",
                        IdType.FOUNDATIONAL,
                        Personal.of("Ama O'Neil " + MARK)),
                new DemographicsReceived(REGISTRANT, "national-id", Personal.of(answers())),
                new DemographicsUpdated(REGISTRANT, new Source(Kind.OFFICER, "officer.one"), Personal.of(answers())),
                new ConsentGiven(
                        REGISTRANT,
                        "c-1",
                        PROGRAM.value(),
                        List.of("name", "birthdate"),
                        "application",
                        "2026-11",
                        "ar"),
                new ConsentWithdrawn(REGISTRANT, "c-1"),
                new ContactPreferencesSet(REGISTRANT, new ContactPreferences(Via.SMS, "fr")),
                new DelegateGranted(
                        REGISTRANT, "d-1", Personal.of("My son " + MARK), PROGRAM, Permission.APPLY, LATER, SHA, LATER),
                new DelegationAccepted(REGISTRANT, "d-1", OTHER_REGISTRANT),
                new DelegateRevoked(REGISTRANT, "d-1", OTHER_REGISTRANT),
                new LoginJoined(OTHER_REGISTRANT, "l-1", REGISTRANT, "farmer-id", IdType.FUNCTIONAL),
                new LoginReleased(OTHER_REGISTRANT, "l-1"),
                new IdentityLinked(REGISTRANT, "l-1", OTHER_REGISTRANT, "farmer-id", IdType.FUNCTIONAL),
                new IdentityUnlinked(REGISTRANT, "l-1", OTHER_REGISTRANT),
                new TakenLoginReported(REGISTRANT, "farmer-id", OTHER_REGISTRANT),
                new SameNumberFound(REGISTRANT, "individual_id", OTHER_REGISTRANT),
                new RegistrantErased(REGISTRANT),
                new ApplicationStarted(APPLICATION, REGISTRANT, PROGRAM, 2, "CASH-7K4M-2P9X", FORM, 3, "fr", LATER),
                new AnswersSaved(APPLICATION, REGISTRANT, PROGRAM, Personal.of(answers()), sources(), LATER),
                new FormVersionAdopted(APPLICATION, REGISTRANT, PROGRAM, FORM, 4, List.of("old_question")),
                new DocumentUploaded(
                        APPLICATION,
                        REGISTRANT,
                        PROGRAM,
                        DOCUMENT,
                        "land_record",
                        Personal.of(MARK + " deed.pdf"),
                        "application/pdf",
                        48_213,
                        SHA,
                        true),
                new DocumentRemoved(APPLICATION, REGISTRANT, PROGRAM, DOCUMENT, "land_record"),
                new DocumentDeferred(APPLICATION, REGISTRANT, PROGRAM, "land_record", Deferral.CANNOT_GET),
                new ApplicationSubmitted(APPLICATION, REGISTRANT, PROGRAM, "CASH-7K4M-2P9X", submission(), LATER),
                new ApplicationWithdrawn(APPLICATION, REGISTRANT, PROGRAM, Personal.of("moved " + MARK)),
                new ReviewerAssigned(APPLICATION, REGISTRANT, PROGRAM, "reviewer.one"),
                new InformationRequested(
                        APPLICATION,
                        REGISTRANT,
                        PROGRAM,
                        List.of("income"),
                        List.of("land_record"),
                        Personal.of("Which year is this? " + MARK),
                        LATER),
                new InformationProvided(
                        APPLICATION, REGISTRANT, PROGRAM, Personal.of(answers()), List.of(sentDocument())),
                new ReviewerReleased(APPLICATION, REGISTRANT, PROGRAM),
                new RequestExpired(APPLICATION, REGISTRANT, PROGRAM),
                new DecisionCorrected(
                        APPLICATION, REGISTRANT, PROGRAM, false, "income", Personal.of("counted twice " + MARK)),
                new Remarked(APPLICATION, REGISTRANT, PROGRAM, Personal.of("called back " + MARK), true),
                new DocumentVerified(APPLICATION, REGISTRANT, PROGRAM, DOCUMENT, "land_record"),
                new DocumentRejected(
                        APPLICATION, REGISTRANT, PROGRAM, DOCUMENT, "land_record", Personal.of("blurred " + MARK)),
                new ApplicationApproved(APPLICATION, REGISTRANT, PROGRAM, Personal.of("welcome " + MARK)),
                new ApplicationRejected(
                        APPLICATION, REGISTRANT, PROGRAM, "income", Personal.of("above the limit " + MARK)),
                new DuplicateSuspected(
                        APPLICATION, REGISTRANT, PROGRAM, OTHER_APPLICATION, Set.of(Likeness.NAME_AND_BIRTH_DATE)),
                new SuspicionResolved(
                        APPLICATION,
                        REGISTRANT,
                        PROGRAM,
                        OTHER_APPLICATION,
                        Verdict.NOT_A_DUPLICATE,
                        Personal.of("twins " + MARK)),
                new SuspicionOverridden(
                        APPLICATION, REGISTRANT, PROGRAM, List.of(OTHER_APPLICATION), Personal.of("urgent " + MARK)),
                new DraftExpired(APPLICATION, REGISTRANT, PROGRAM),
                new ApplicationErased(APPLICATION, REGISTRANT, PROGRAM),
                new RegistrantEnrolled(ENROLMENT, REGISTRANT, PROGRAM, APPLICATION),
                new EnrolmentPaused(ENROLMENT, REGISTRANT, PROGRAM, Personal.of("abroad " + MARK)),
                new EnrolmentResumed(ENROLMENT, REGISTRANT, PROGRAM),
                new EnrolmentExited(ENROLMENT, REGISTRANT, PROGRAM, Personal.of("graduated " + MARK)),
                new EntitlementGranted(
                        ENROLMENT,
                        REGISTRANT,
                        PROGRAM,
                        "2027-01",
                        new Money(new BigDecimal("1200.50"), "USD"),
                        "January",
                        LocalDate.of(2027, 1, 1),
                        LocalDate.of(2027, 3, 31)),
                new PaymentRecorded(
                        ENROLMENT,
                        REGISTRANT,
                        PROGRAM,
                        "2027-01",
                        "BANK-77",
                        new Money(new BigDecimal("600.25"), "USD"),
                        LocalDate.of(2027, 1, 15)));
    }

    static Map<String, Answer> answers() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        answers.put("name", Answer.text("عائشة \"Zoë\" <b> " + MARK));
        answers.put("crops", new Answer.Choices(List.of("maize", MARK)));
        answers.put("address", new Answer.Parts(Map.of("line1", "12 Main Road " + MARK)));
        answers.put(
                "members",
                new Answer.Rows(
                        List.of(Map.of("name", Answer.text("Kofi " + MARK)), Map.of("name", new Answer.DontKnow()))));
        answers.put("income", new Answer.DontKnow());
        return answers;
    }

    private static Map<String, AnswerSource> sources() {
        return Map.of("name", new AnswerSource(AnswerSource.Kind.PREFILLED, "name", true));
    }

    private static SentDocument sentDocument() {
        return new SentDocument(
                DOCUMENT, "land_record", Personal.of(MARK + " deed.pdf"), "application/pdf", 48_213, SHA);
    }

    private static Submission submission() {
        return new Submission(
                FORM,
                3,
                SHA,
                17,
                2,
                Personal.of(answers()),
                sources(),
                List.of(sentDocument()),
                List.of(new RuleOutcome("adult", Outcome.PASSED, true)),
                Personal.of(answers()),
                Map.of("income_proof", Deferral.REMIND_ME),
                "2026-11",
                "fr",
                SHA);
    }

    private static ProgramProfile profile() {
        return new ProgramProfile(
                "CASH",
                text("Cash transfer"),
                text("Households with little income"),
                text("50 dollars a month"),
                text("First paragraph.\n\nSecond paragraph."),
                text("We decide"),
                text("Reviewers see it"),
                Target.HOUSEHOLD,
                "USD",
                LocalDate.of(2026, 11, 1),
                LocalDate.of(2027, 10, 31),
                LocalDate.of(2028, 11, 1),
                15,
                30,
                60,
                "Africa/Accra");
    }

    private static FormDefinition definition() {
        Constraints everyLimit = new Constraints(
                1,
                200,
                new BigDecimal("0.5"),
                new BigDecimal("99999999999999999.99"),
                2,
                LocalDate.of(1900, 1, 1),
                LocalDate.of(2030, 1, 1),
                true,
                1,
                30,
                10,
                10_000_000L,
                List.of("application/pdf"));
        Field inGroup = Field.of("name", FieldType.TEXT, text("Name")).prefilledFrom("name");
        Field choice = Field.of("crops", FieldType.CHECKBOXES, text("Crops"))
                .withHint(text("All that you grow"))
                .choosing(List.of(new Option("maize", text("Maize"))))
                .orNotKnown()
                .reported()
                .optional()
                .within(everyLimit)
                .when(new Condition(Match.ANY, List.of(new Condition.Test("farms", Operator.IS, "yes"))));
        Field group = Field.of("members", FieldType.GROUP, text("Members")).asking(List.of(inGroup));
        return new FormDefinition(List.of(new Page(
                "household",
                text("Household"),
                text("Who lives with you"),
                Condition.is("farms", "yes"),
                List.of(choice, group))));
    }

    private static LocalizedText text(String en) {
        return LocalizedText.of(en, en + " (fr)", "بالعربية");
    }
}
