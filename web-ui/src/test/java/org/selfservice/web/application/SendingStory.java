package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.CloseProgram;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.SuspendProgram;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;

/** Sending: once, only what may be sent, and only while the program takes it. */
class SendingStory extends Applicants {
    @Test
    void sending_at_the_same_time_sends_once() throws Exception {
        Offer.open("parallel-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(ZOE);
        String base = base(begin(person, "parallel-story"));
        fillIn(person, base, "Zoe");
        Visitor.Answer check = person.get(base + "/check");
        List<Callable<Visitor.Answer>> clicks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clicks.add(() -> submit(person, check, base + "/check", Map.of("declaration", "2026-11")));
        }
        try (ExecutorService hands = Executors.newFixedThreadPool(8)) {
            for (Future<Visitor.Answer> click : hands.invokeAll(clicks)) {
                assertThat(click.get().at().getPath()).isEqualTo(base + "/sent");
                assertThat(click.get().body()).contains(file(base).reference());
            }
        }
        assertThat(file(base).timeline().stream().filter(entry -> entry.event().equals("application.submitted")))
                .hasSize(1);
    }

    @Test
    void a_program_that_was_suspended_meanwhile_takes_nothing_and_the_draft_stays() {
        ProgramCode program = Offer.open("suspended-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(MARIA);
        String base = base(begin(person, "suspended-story"));
        fillIn(person, base, "Maria");
        PortalUnderTest.send(new SuspendProgram(program, LocalizedText.en("We are moving.")));
        Offer.await(program, ProgramState.SUSPENDED);

        Visitor.Answer refused = send(person, base);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body())
                .contains("Your application was not sent")
                .contains("Your draft is kept until")
                .contains("We are moving.");
        assertThat(file(base).answers()).containsEntry("name", Answer.text("Maria"));
        assertThat(person.get(base + "/tasks").body()).contains("does not take applications at the moment");

        PortalUnderTest.send(new OpenProgram(program));
        Offer.await(program, ProgramState.OPEN);
        assertThat(send(person, base).at().getPath()).isEqualTo(base + "/sent");
    }

    @Test
    void a_form_that_was_revised_meanwhile_is_adopted_where_the_program_demands_it() {
        ProgramCode program = Offer.open("revised-story", SHORT, List.of(), List.of());
        FormCode form = new FormCode("revised-story");
        Visitor person = signedIn(KOFI);
        String base = base(begin(person, "revised-story"));
        fillIn(person, base, "Kofi");
        FormDefinition revised = new FormDefinition(List.of(
                SHORT.pages().getFirst(),
                page("again", Field.of("village", FieldType.TEXT, LocalizedText.en("Which village?")))));
        Offer.publish(form, revised.in("KE"));
        PortalUnderTest.send(new MapForm(program, form, 2, OpenDrafts.KEEP_VERSION));
        Awaitility.await()
                .until(() -> person.get(base + "/tasks").body().contains("You may bring your draft up to date"));
        assertThat(person.get(base + "/tasks").body()).doesNotContain("village");

        PortalUnderTest.send(new MapForm(program, form, 2, OpenDrafts.MUST_ADOPT));
        Awaitility.await().until(() -> person.get(base + "/tasks").body().contains("before you send it"));
        assertThat(send(person, base).at().getPath()).isEqualTo(base + "/tasks");
        assertThat(file(base).state()).isEqualTo(ApplicationState.DRAFT);

        Visitor.Answer adopted = submit(person, person.get(base + "/tasks"), base + "/form", Map.of());
        assertThat(adopted.body()).contains("Your draft is up to date").contains("again");
        assertThat(file(base).answers()).containsKey("name").doesNotContainKey("works");
        save(person, base, "again", Map.of("answer.village", "Siaya"));
        assertThat(send(person, base).at().getPath()).isEqualTo(base + "/sent");
    }

    @Test
    void somebody_for_whom_the_program_is_not_reads_why() {
        Offer.open(
                "rule-story",
                SHORT,
                List.of(new EligibilityRule(
                        "adult", "answers.age >= 18", LocalizedText.en("You must be 18 or older."), true)),
                List.of());
        Visitor person = signedIn(NGOZI);
        String base = base(begin(person, "rule-story"));
        fillIn(person, base, "Ngozi");
        save(person, base, "you", Map.of("answer.name", "Ngozi", "answer.age", "17"));
        Visitor.Answer refused = send(person, base);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("You must be 18 or older.").contains("Your draft is kept until");
        assertThat(file(base).state()).isEqualTo(ApplicationState.DRAFT);
    }

    @Test
    void an_answer_to_a_question_that_is_not_asked_is_not_sent() {
        Offer.open("asked-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(PAT);
        String base = base(begin(person, "asked-story"));
        fillIn(person, base, "Pat");
        save(person, base, "more", Map.of("answer.works", "yes", "answer.employer", "The mill"));
        save(person, base, "more", Map.of("answer.works", "no", "answer.employer", "The mill"));
        assertThat(person.get(base + "/check").body()).doesNotContain("The mill");
        send(person, base);
        assertThat(file(base).submission().answers().or(Map.of())).doesNotContainKey("employer");
    }

    @Test
    void two_devices_that_both_hold_the_check_page_send_one_application() {
        Offer.open("devices-story", SHORT, List.of(), List.of());
        Visitor phone = signedIn(LAYLA);
        String base = base(begin(phone, "devices-story"));
        fillIn(phone, base, "Layla");
        Visitor library = signedIn(LAYLA);
        Visitor.Answer onPhone = phone.get(base + "/check");
        Visitor.Answer inLibrary = library.get(base + "/check");
        Map<String, String> agreed = Map.of("declaration", "2026-11");

        Visitor.Answer first = submit(phone, onPhone, base + "/check", agreed);
        Visitor.Answer second = submit(library, inLibrary, base + "/check", agreed);
        Visitor.Answer oldPage = submit(phone, onPhone, base + "/check", agreed);

        String reference = file(base).reference();
        for (Visitor.Answer sent : List.of(first, second, oldPage)) {
            assertThat(sent.at().getPath()).isEqualTo(base + "/sent");
            assertThat(sent.body()).contains(reference);
        }
        assertThat(file(base).timeline().stream().filter(entry -> entry.event().equals("application.submitted")))
                .hasSize(1);
        assertThat(mine(phone, "devices-story")).hasSize(1);
    }

    @Test
    void a_program_that_was_closed_meanwhile_takes_nothing_and_the_draft_stays() {
        ProgramCode program = Offer.open("closed-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(MARIA);
        String base = base(begin(person, "closed-story"));
        fillIn(person, base, "Maria");
        Visitor.Answer open = person.get(base + "/check");
        PortalUnderTest.send(new CloseProgram(program));
        Offer.await(program, ProgramState.CLOSED);

        keepsTheDraft(person, base, submit(person, open, base + "/check", Map.of("declaration", "2026-11")));
        save(person, base, "you", Map.of("answer.name", "Maria M.", "answer.age", "34"));
        assertThat(file(base).answers()).containsEntry("name", Answer.text("Maria M."));
    }

    @Test
    void after_the_last_day_nothing_is_taken_and_the_draft_stays() {
        ProgramCode program = Offer.open("over-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(MARIA);
        String base = base(begin(person, "over-story"));
        fillIn(person, base, "Maria");
        Visitor.Answer open = person.get(base + "/check");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Offer.revise(program, Offer.profile("Over", "KES", today.minusDays(1)));

        keepsTheDraft(person, base, submit(person, open, base + "/check", Map.of("declaration", "2026-11")));

        Offer.revise(program, Offer.profile("Longer", "KES", today.plusDays(1)));
        assertThat(person.get(base + "/tasks").body()).doesNotContain("does not take applications at the moment");
        assertThat(send(person, base).at().getPath()).isEqualTo(base + "/sent");
    }

    private static void keepsTheDraft(Visitor person, String base, Visitor.Answer refused) {
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("Your application was not sent").contains("Your draft is kept until");
        assertThat(file(base).state()).isEqualTo(ApplicationState.DRAFT);
        assertThat(file(base).answers()).containsEntry("name", Answer.text("Maria"));
        assertThat(person.get(base + "/tasks").body()).contains("does not take applications at the moment");
    }

    @Test
    void a_wrong_answer_that_was_saved_on_the_way_out_cannot_be_sent_past_the_check_page() {
        Offer.open("past-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(PAT);
        String base = base(begin(person, "past-story"));
        fillIn(person, base, "Pat");
        Visitor.Answer right = person.get(base + "/check");
        Visitor.Answer page = person.get(base + "/pages/you");
        submit(person, page, base + "/pages/you", Map.of("answer.name", "Pat", "answer.age", "old", "exit", "back"));

        Visitor.Answer refused = submit(person, right, base + "/check", Map.of("declaration", "2026-11"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("<title>Error:").contains("Age: Enter a number");
        assertThat(file(base).state()).isEqualTo(ApplicationState.DRAFT);
        assertThat(file(base).answers()).containsEntry("age", Answer.text("old"));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> PortalUnderTest.send(
                        new SubmitApplication(file(base).id(), file(base).registrant(), "2026-11", "en")))
                .satisfies(no -> assertThat(no.code()).isEqualTo(RefusalCode.ANSWERS_NOT_VALID))
                .satisfies(no -> assertThat(no.details()).containsEntry("fields", "age"));
    }

    @Test
    void who_may_apply_again_presses_once_and_gets_the_next_application_and_no_other() {
        Offer.open("again-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(KOFI);
        String first = base(begin(person, "again-story"));
        assertThat(person.get("/programs/again-story").body()).doesNotContain("name=\"ordinal\"");
        Visitor.Answer tooEarly = apply(person, "again-story", "2");
        assertThat(tooEarly.at().getPath()).isEqualTo("/programs/again-story");
        assertThat(tooEarly.body())
                .contains("<title>Error:", "You have an application to this program that is not decided yet.");
        fillIn(person, first, "Kofi");
        send(person, first);
        PortalUnderTest.send(new ApproveApplication(file(first).id(), Personal.of("")));
        Awaitility.await().until(() -> file(first).state() == ApplicationState.APPROVED);
        Awaitility.await().until(() -> person.get(first).body().contains("/programs/again-story"));

        for (String forged : List.of("3", "7", "0", "-1", "2147483647")) {
            assertThat(apply(person, "again-story", forged).at().getPath())
                    .as("ordinal " + forged)
                    .isEqualTo("/programs/again-story");
        }
        assertThat(apply(person, "again-story", "two").status()).isEqualTo(400);
        assertThat(base(apply(person, "again-story", "1")))
                .as("the first one is there already")
                .isEqualTo(first);
        assertThat(mine(person, "again-story")).hasSize(1);

        Visitor.Answer page = person.get("/programs/again-story");
        assertThat(page.body()).contains("name=\"ordinal\" value=\"2\"");
        String second = base(person.submit(page, "/programs/again-story/applications", Map.of()));
        String pressedTwice = base(person.submit(page, "/programs/again-story/applications", Map.of()));

        assertThat(second).isNotEqualTo(first).isEqualTo(pressedTwice);
        assertThat(file(second).ordinal()).isEqualTo(2);
        assertThat(file(second).answers()).isEmpty();
        assertThat(mine(person, "again-story")).hasSize(2);
    }

    private static Visitor.Answer apply(Visitor person, String program, String ordinal) {
        person.get("/programs/" + program);
        return person.post("/programs/" + program + "/applications", Map.of("ordinal", ordinal));
    }

    private static List<ApplicationSummary> mine(Visitor person, String program) {
        return ask(new FindDossier(Cases.registrant(person))).applications().stream()
                .filter(one -> one.program().equals(new ProgramCode(program)))
                .toList();
    }
}
