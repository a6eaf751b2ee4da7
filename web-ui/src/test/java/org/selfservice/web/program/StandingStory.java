package org.selfservice.web.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.program.ProgramCommand.SuspendProgram;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.application.Offer;

/** What the catalogue and a program's page say to somebody who has applied before, or is in the program. */
class StandingStory extends PortalUnderTest {
    private static final String HANA = "9200300410";
    /** Of {@link Offer}'s programs. */
    private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");

    private Visitor hana;
    private RegistrantId who;

    @BeforeEach
    void arrive() {
        hana = signedIn(HANA);
        who = Cases.registrant(hana);
    }

    @Test
    void what_concerns_me_comes_first() {
        ProgramCode sent = offer("standing-sent", ApplicationPolicy.oneOpen());
        ProgramCode draft = offer("standing-draft", ApplicationPolicy.oneOpen());
        ProgramCode in = offer("standing-in", ApplicationPolicy.oneOpen());
        stands(sent, ApplicationState.SUBMITTED);
        ApplicationId begun = stands(draft, ApplicationState.DRAFT);
        send(new EnrolRegistrant(bean(Pseudonyms.class).enrolment(who, in), who, in, null));
        Awaitility.await()
                .until(() -> ask(new FindDossier(who)).enrolments().stream()
                        .anyMatch(one -> one.program().equals(in)));

        assertThat(hana.get("/").body())
                .containsSubsequence(
                        "Your drafts",
                        "/programs/" + draft,
                        "/applications/" + begun,
                        "Continue your draft",
                        "Your applications and programs",
                        "Open programs",
                        "/programs/cash-transfer")
                .contains("See your application STORY-")
                .contains("You have been in this program since " + day(LocalDate.now(NAIROBI)));
        assertThat(hana.get("/programs/" + in).body()).contains("You have been in this program since");
        assertThat(visitor().get("/").body()).doesNotContain("Your drafts");
    }

    @Test
    void how_much_is_known_is_said_before_one_begins() {
        ProgramCode program = Offer.open(
                "standing-known",
                new FormDefinition(List.of(page(
                                Field.of("name", FieldType.TEXT, LocalizedText.en("Name"))
                                        .prefilledFrom(Demographics.NAME),
                                Field.of("birthdate", FieldType.DATE, LocalizedText.en("Date of birth"))
                                        .prefilledFrom(Demographics.BIRTHDATE),
                                Field.of("why", FieldType.TEXT, LocalizedText.en("Why?")))))
                        .in("KE"),
                List.of(),
                List.of());
        assertThat(hana.get("/programs/" + program).body())
                .contains("We already know 2 of 3 answers.", "name=\"ordinal\" value=\"1\"");
        assertThat(visitor().get("/programs/" + program).body())
                .doesNotContain("We already know")
                .contains("/sign-in?to=/programs/" + program);
    }

    @Test
    void a_draft_is_continued() {
        ProgramCode program = offer("standing-continue", ApplicationPolicy.oneOpen());
        ApplicationId begun = stands(program, ApplicationState.DRAFT);
        assertThat(hana.get("/programs/" + program).body())
                .contains("/applications/" + begun, "Continue your draft")
                .doesNotContain("name=\"ordinal\"");
    }

    @Test
    void one_applies_again_once_the_last_one_is_finished() {
        ProgramCode program = offer("standing-again", ApplicationPolicy.oneOpen());
        stands(program, ApplicationState.SUBMITTED);
        assertThat(hana.get("/programs/" + program).body())
                .contains("not decided yet")
                .doesNotContain("name=\"ordinal\"");
        send(new ApproveApplication(application(program), Personal.of("")));
        awaits(program, ApplicationState.APPROVED);
        assertThat(hana.get("/programs/" + program).body())
                .contains("Your last application is finished", "name=\"ordinal\" value=\"2\"");
    }

    @Test
    void what_can_be_had_once_is_not_applied_for_again() {
        ProgramCode program = offer("standing-once", ApplicationPolicy.once());
        stands(program, ApplicationState.APPROVED);
        assertThat(hana.get("/programs/" + program).body())
                .contains("It can be applied for once only.")
                .doesNotContain("name=\"ordinal\"");
    }

    @Test
    void it_is_said_when_one_may_apply_again() {
        ProgramCode program = offer("standing-period", ApplicationPolicy.perPeriod(1, 365));
        stands(program, ApplicationState.APPROVED);
        assertThat(hana.get("/programs/" + program).body())
                .contains("You can apply again from", day(LocalDate.now(NAIROBI).plusDays(365)))
                .doesNotContain("name=\"ordinal\"");
    }

    @Test
    void a_program_that_was_suspended_meanwhile_says_so() {
        ProgramCode program = offer("standing-suspended", ApplicationPolicy.oneOpen());
        Answer page = hana.get("/programs/" + program);
        send(new SuspendProgram(program, LocalizedText.en("The budget is used up.")));
        Offer.await(program, ProgramState.SUSPENDED);
        Answer refused = hana.submit(page, "/programs/" + program + "/applications", Map.of());
        assertThat(refused.at().getPath()).isEqualTo("/programs/" + program);
        assertThat(refused.body())
                .contains("There is a problem", "The budget is used up.")
                .doesNotContain("name=\"ordinal\"");
    }

    private static ProgramCode offer(String code, ApplicationPolicy policy) {
        ProgramCode program = Offer.open(
                code,
                new FormDefinition(List.of(page(Field.of("note", FieldType.TEXT, LocalizedText.en("Note"))
                                .optional())))
                        .in("KE"),
                List.of(),
                List.of());
        send(new SetApplicationPolicy(program, policy));
        Awaitility.await().until(() -> ask(new FindProgram(program)).policy().equals(policy));
        return program;
    }

    private static Page page(Field... questions) {
        return new Page("about", LocalizedText.en("About"), LocalizedText.EMPTY, null, List.of(questions));
    }

    private ApplicationId application(ProgramCode program) {
        return bean(Pseudonyms.class).application(who, program, 1);
    }

    private ApplicationId stands(ProgramCode program, ApplicationState state) {
        ApplicationId application = application(program);
        send(new ApplyForProgram(application, who, program, 1, "en"));
        if (state != ApplicationState.DRAFT) {
            send(new SubmitApplication(application, who, "2026-11", "en"));
        }
        if (state == ApplicationState.APPROVED) {
            send(new ApproveApplication(application, Personal.of("")));
        }
        awaits(program, state);
        return application;
    }

    private void awaits(ProgramCode program, ApplicationState state) {
        ApplicationId application = application(program);
        Awaitility.await()
                .until(() -> ask(new FindDossier(who)).applications().stream()
                        .anyMatch(one -> one.id().equals(application) && one.state() == state));
    }

    private static String day(LocalDate day) {
        return day.format(DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH));
    }
}
