package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.SuspendProgram;
import org.selfservice.kernel.program.ProgramState;
import org.springframework.web.util.HtmlUtils;

/** Applying, over HTTP as a browser without scripts does it. */
class ApplyingStory extends PortalUnderTest {
    /** Two pages: fast to fill in. */
    private static final FormDefinition SHORT = new FormDefinition(List.of(
                    page(
                            "you",
                            Field.of("name", FieldType.TEXT, LocalizedText.en("Name"))
                                    .within(Constraints.length(2, 200)),
                            Field.of("age", FieldType.NUMBER, LocalizedText.en("Age"))),
                    page(
                            "more",
                            Field.of("works", FieldType.YES_NO, LocalizedText.en("Do you work?")),
                            Field.of("employer", FieldType.TEXT, LocalizedText.en("Where?"))
                                    .when(Condition.is("works", "yes")))))
            .in("KE");

    @Test
    void a_person_fills_in_checks_and_sends_and_keeps_the_receipt() throws IOException {
        Offer.open("whole-story", without("evidence"), List.of(), List.of());
        Visitor person = signedIn(AMINA);
        Visitor.Answer details = begin(person, "whole-story");
        assertThat(details.at().getPath()).endsWith("/details");
        assertThat(details.body()).contains("From National ID").contains("Verified");
        String base = base(details);

        Visitor.Answer tasks = submit(person, details, base + "/details", Map.of("exit", "continue"));
        assertThat(tasks.at().getPath()).isEqualTo(base + "/tasks");
        assertThat(tasks.body())
                .contains("In progress")
                .contains("Not yet started")
                .contains("Cannot start yet")
                .contains("First answer: Do you work?")
                .contains("Draft kept until");
        assertThat(file(base).sources().values())
                .anyMatch(source -> source.kind() == AnswerSource.Kind.PREFILLED && source.verified());

        save(
                person,
                base,
                "about",
                Map.of(
                        "answer.full_name", "Amina D’Arc",
                        "answer.birthdate.day", "7",
                        "answer.birthdate.month", "3",
                        "answer.birthdate.year", "1990",
                        "answer.phone", "0712 345 678",
                        "answer.home.line1", "12 Long Road",
                        "answer.home.town", "Kisumu"));
        save(person, base, "work", Map.of("answer.works", "yes", "answer.employer", "The mill"));
        save(person, base, "job", Map.of("answer.hours", "20"));
        save(
                person,
                base,
                "money",
                Map.of(
                        "answer.income.dont-know", "?",
                        "answer.acres", "1.5",
                        "answer.tenure", "own",
                        "answer.crops", "maize",
                        "answer.district", "north"));
        Visitor.Answer row = person.get(base + "/pages/household/members/0");
        Visitor.Answer household = submit(
                person,
                row,
                base + "/pages/household/members/0",
                Map.of(
                        "answer.members[0].name", "Zainab",
                        "answer.members[0].born.day", "1",
                        "answer.members[0].born.month", "2",
                        "answer.members[0].born.year", "2010",
                        "exit", "continue"));
        assertThat(household.body()).contains("Zainab").contains("You have added 1");

        Visitor.Answer check = person.get(base + "/check");
        assertThat(check.body())
                .contains("12 Long Road")
                .contains("I do not know")
                .contains("The mill")
                .contains("Zainab")
                .contains("1 February 2010")
                .contains("The office reads it.")
                .contains("Full name")
                .doesNotContain("Before you can send it");
        Visitor.Answer withoutAgreeing = submit(person, check, base + "/check", Map.of());
        assertThat(withoutAgreeing.status()).isEqualTo(422);
        assertThat(withoutAgreeing.body()).contains("<title>Error:").contains("agree to it before you send");

        Visitor.Answer sent = send(person, base);
        assertThat(sent.at().getPath()).isEqualTo(base + "/sent");
        ApplicationFile file = file(base);
        assertThat(sent.body())
                .contains(file.reference())
                .contains("We promise to decide by")
                .contains("GMT+3");
        assertThat(file.state()).isEqualTo(ApplicationState.SUBMITTED);
        assertThat(person.get(base + "/sent").body()).contains(file.reference());

        assertThat(receipt(person, base))
                .contains(file.reference())
                .contains("12 Long Road")
                .contains("The mill")
                .contains("Zainab")
                .contains(file.submission().sha256())
                .contains(file.submissionEvent());
    }

    @ParameterizedTest
    @CsvSource({"exit,back,/tasks", "exit,later,/applications", "lang,fr,/pages/you", "leave,sign-out,"})
    void whichever_way_a_page_is_left_what_is_there_is_saved(String name, String value, String leadsTo) {
        String code = "exit-" + value.replace("-", "");
        Offer.open(code, SHORT, List.of(), List.of());
        Visitor person = signedIn(ZOE);
        String base = base(begin(person, code));
        Visitor.Answer page = person.get(base + "/pages/you");
        Visitor.Answer left = look(
                person,
                page,
                base + "/pages/you",
                Map.of("answer.name", "Z", "answer.age", "not a number", name, value));
        if (leadsTo == null) {
            assertThat(left.status()).isEqualTo(307);
            assertThat(left.header("Location").orElseThrow()).endsWith("/sign-out");
        } else {
            assertThat(left.header("Location").orElseThrow()).endsWith(leadsTo);
        }
        assertThat(file(base).answers())
                .containsEntry("name", Answer.text("Z"))
                .containsEntry("age", Answer.text("not a number"));
    }

    @Test
    void continue_says_what_is_wrong_and_keeps_what_was_typed() {
        Offer.open("wrong-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(LAYLA);
        String base = base(begin(person, "wrong-story"));
        String tooLong = "ä".repeat(10_000);
        Visitor.Answer wrong = continueFrom(person, base, "you", Map.of("answer.name", tooLong, "answer.age", "many"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("<title>Error:")
                .contains("govuk-error-summary")
                .contains("href=\"#q-name\"")
                .contains("Name: Use 200 characters or fewer. You typed 10,000")
                .contains("Age: Enter a number")
                .contains(tooLong)
                .contains("value=\"many\"");
        assertThat(file(base).answers()).containsEntry("name", Answer.text(tooLong));
        // The corrected page goes on although its first version was saved meanwhile.
        Visitor.Answer right = submit(
                person,
                wrong,
                base + "/pages/you",
                Map.of("answer.name", "Layla", "answer.age", "40", "exit", "continue"));
        assertThat(right.at().getPath()).isEqualTo(base + "/pages/more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O'Neil \"the\" <b>bold</b> & <script>alert(1)</script>",
                "👩🏾‍🌾 Zoë q̣̇",
                "\u200Fعائشة\u200E (12)",
                "${7*7} #{x} @{y} [[${1}]]",
            })
    void any_text_comes_back_as_it_was_typed(String text) throws IOException {
        String code = "text-" + Integer.toHexString(text.hashCode());
        Offer.open(code, SHORT, List.of(), List.of());
        Visitor person = signedIn(KOFI);
        String base = base(begin(person, code));
        fillIn(person, base, text);
        assertThat(file(base).answers()).containsEntry("name", Answer.text(text));
        String escaped = HtmlUtils.htmlEscape(text, "UTF-8");
        assertThat(person.get(base + "/pages/you").body()).contains("value=\"" + escaped + "\"");
        assertThat(person.get(base + "/check").body()).contains(escaped).doesNotContain("<script>alert");
        assertThat(send(person, base).at().getPath()).isEqualTo(base + "/sent");
        assertThat(receipt(person, base)).contains(file(base).reference());
    }

    @Test
    void a_field_that_the_page_does_not_have_is_refused_and_nothing_is_saved() {
        Offer.open("unknown-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(MARIA);
        String base = base(begin(person, "unknown-story"));
        for (String hostile : List.of("answer.salary", "salary", "answer.name[0].x", "answer.works")) {
            Visitor.Answer refused =
                    continueFrom(person, base, "you", Map.of("answer.name", "Maria", hostile, "1000000"));
            assertThat(refused.status()).as(hostile).isEqualTo(422);
        }
        assertThat(file(base).answers()).isEmpty();
    }

    @Test
    void two_tabs_lose_nothing_without_a_word() {
        Offer.open("tabs-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(PAT);
        String base = base(begin(person, "tabs-story"));
        Visitor.Answer oneTab = person.get(base + "/pages/you");
        Visitor.Answer otherTab = person.get(base + "/pages/you");
        submit(person, otherTab, base + "/pages/you", Map.of("answer.name", "From the other tab", "exit", "continue"));

        Visitor.Answer conflict = submit(
                person,
                oneTab,
                base + "/pages/you",
                Map.of("answer.name", "From this tab", "answer.age", "33", "exit", "back"));
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.body())
                .contains("From the other tab")
                .contains("From this tab")
                .contains("Choose which");
        assertThat(file(base).answers())
                .as("what nobody else touched is saved")
                .containsEntry("age", Answer.text("33"))
                .containsEntry("name", Answer.text("From the other tab"));

        Visitor.Answer undecided = submit(
                person,
                conflict,
                base + "/pages/you",
                Map.of("answer.name", "From this tab", "answer.age", "33", "exit", "continue"));
        assertThat(undecided.status()).isEqualTo(409);
        Visitor.Answer mine = submit(
                person,
                undecided,
                base + "/pages/you",
                Map.of("answer.name", "From this tab", "answer.age", "33", "keep.name", "mine", "exit", "continue"));
        assertThat(mine.at().getPath()).isEqualTo(base + "/pages/more");
        assertThat(file(base).answers()).containsEntry("name", Answer.text("From this tab"));
    }

    @Test
    void what_was_saved_elsewhere_can_be_kept() {
        Offer.open("theirs-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(PAT);
        String base = base(begin(person, "theirs-story"));
        Visitor.Answer oneTab = person.get(base + "/pages/you");
        save(person, base, "you", Map.of("answer.name", "Kept", "answer.age", "30"));
        Visitor.Answer conflict =
                submit(person, oneTab, base + "/pages/you", Map.of("answer.name", "Late", "answer.age", "30"));
        submit(
                person,
                conflict,
                base + "/pages/you",
                Map.of("answer.name", "Late", "answer.age", "30", "keep.name", "theirs"));
        assertThat(file(base).answers()).containsEntry("name", Answer.text("Kept"));
    }

    @Test
    void a_form_posted_twice_is_saved_once() {
        Offer.open("twice-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(NGOZI);
        String base = base(begin(person, "twice-story"));
        Visitor.Answer page = person.get(base + "/pages/you");
        Map<String, String> typed = Map.of("answer.name", "Ngozi", "answer.age", "50", "exit", "continue");
        submit(person, page, base + "/pages/you", typed);
        long sequence = file(base).sequence();
        assertThat(submit(person, page, base + "/pages/you", typed).at().getPath())
                .isEqualTo(base + "/pages/more");
        assertThat(file(base).sequence()).isEqualTo(sequence);
    }

    @Test
    void another_persons_draft_does_not_exist() {
        Offer.open("own-story", SHORT, List.of(), List.of());
        Visitor owner = signedIn(AMINA);
        String base = base(begin(owner, "own-story"));
        fillIn(owner, base, "Amina");
        Visitor stranger = signedIn(KOFI);
        for (String path : List.of(
                "", "/tasks", "/details", "/pages/you", "/check", "/sent", "/receipt.pdf", "/stay", "/pages/nothing")) {
            assertThat(stranger.get(base + path).status()).as(path).isEqualTo(404);
        }
        for (String path : List.of("/details", "/pages/you", "/check", "/form", "/pages/you/members/0/remove")) {
            assertThat(stranger.post(base + path, Map.of("basis", "9", "answer.name", "Kofi", "declaration", "2026-11"))
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(file(base).answers()).containsEntry("name", Answer.text("Amina"));
        assertThat(file(base).state()).isEqualTo(ApplicationState.DRAFT);
    }

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
    void a_draft_goes_on_on_another_device() {
        Offer.open("device-story", SHORT, List.of(), List.of());
        Visitor phone = signedIn(LAYLA);
        String base = base(begin(phone, "device-story"));
        save(phone, base, "you", Map.of("answer.name", "Layla", "answer.age", "40"));
        Visitor library = signedIn(LAYLA);
        assertThat(library.get(base + "/pages/you").body()).contains("value=\"Layla\"");
        save(library, base, "more", Map.of("answer.works", "no"));
        assertThat(send(phone, base).body()).contains(file(base).reference());
        assertThat(library.get(base + "/check").at().getPath()).isEqualTo(base);
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
    void what_was_typed_when_the_session_ended_is_there_again_after_signing_in() {
        Offer.open("timeout-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(ZOE);
        String base = base(begin(person, "timeout-story"));
        Visitor.Answer page = person.get(base + "/pages/you");
        person.cookie("portal").orElseThrow().setValue("YS1zZXNzaW9uLXRoYXQtaXMtb3Zlcg");

        Visitor.Answer over = submit(
                person,
                page,
                base + "/pages/you",
                Map.of("answer.name", "Typed too late", "answer.age", "33", "exit", "continue"));
        assertThat(over.at().getPath()).isEqualTo("/sign-in/timeout");
        assertThat(file(base).answers()).isEmpty();

        Visitor.Answer back = signIn(
                person,
                person.get(
                        "/oauth2/authorization/national?to=" + over.parameters().get("to")),
                ZOE);
        assertThat(back.at().getPath()).isEqualTo(base + "/pages/you");
        assertThat(back.body()).contains("value=\"Typed too late\"").contains("not saved yet");
        save(person, base, "you", back, Map.of("answer.name", "Typed too late", "answer.age", "33"));
        assertThat(file(base).answers()).containsEntry("name", Answer.text("Typed too late"));
    }

    @Test
    void a_row_is_added_changed_and_removed() {
        Offer.open("rows-story", without("evidence"), List.of(), List.of());
        Visitor person = signedIn(MARIA);
        String base = base(begin(person, "rows-story"));
        String page = base + "/pages/household";
        row(person, base, 0, "First", "another");
        Visitor.Answer list = row(person, base, 1, "Second", "continue");
        assertThat(list.body()).contains("First").contains("Second").contains("You have added 2");
        row(person, base, 0, "Changed", "continue");
        Visitor.Answer sure = person.get(page + "/members/1/remove");
        assertThat(sure.body()).contains("Remove Second?");
        Visitor.Answer removed = submit(person, sure, page + "/members/1/remove", Map.of());
        assertThat(removed.at().getPath()).isEqualTo(page);
        assertThat(removed.body()).contains("Second was removed").contains("Changed");
        assertThat(((Answer.Rows) file(base).answers().get("members")).rows()).hasSize(1);
        assertThat(person.get(page + "/members/7").at().getPath()).isEqualTo(page);

        Visitor.Answer wrong = row(person, base, 1, "", "continue");
        assertThat(wrong.at().getPath()).as("an empty row is none").isEqualTo(page);
        assertThat(((Answer.Rows) file(base).answers().get("members")).rows()).hasSize(1);
    }

    private static Visitor.Answer row(Visitor person, String base, int number, String name, String exit) {
        String path = base + "/pages/household/members/" + number;
        String prefix = "answer.members[" + number + "].";
        return submit(
                person,
                person.get(path),
                path,
                Map.of(
                        prefix + "name",
                        name,
                        prefix + "born.day",
                        name.isEmpty() ? "" : "1",
                        prefix + "born.month",
                        name.isEmpty() ? "" : "2",
                        prefix + "born.year",
                        name.isEmpty() ? "" : "2010",
                        "exit",
                        exit));
    }

    private static void fillIn(Visitor person, String base, String name) {
        save(person, base, "you", Map.of("answer.name", name, "answer.age", "33"));
        save(person, base, "more", Map.of("answer.works", "no"));
    }

    private static Visitor.Answer send(Visitor person, String base) {
        return submit(person, person.get(base + "/check"), base + "/check", Map.of("declaration", "2026-11"));
    }

    private static Visitor.Answer begin(Visitor person, String code) {
        person.get("/programs/" + code);
        return person.post("/programs/" + code + "/applications", Map.of());
    }

    private static void save(Visitor person, String base, String page, Map<String, String> typed) {
        save(person, base, page, person.get(base + "/pages/" + page), typed);
    }

    private static void save(
            Visitor person, String base, String page, Visitor.Answer shown, Map<String, String> typed) {
        Map<String, String> all = new LinkedHashMap<>(typed);
        all.put("exit", "continue");
        Visitor.Answer next = submit(person, shown, base + "/pages/" + page, all);
        assertThat(next.status()).as(page + ": " + next.body()).isEqualTo(200);
    }

    private static Visitor.Answer continueFrom(Visitor person, String base, String page, Map<String, String> typed) {
        Map<String, String> all = new LinkedHashMap<>(typed);
        all.put("exit", "continue");
        return submit(person, person.get(base + "/pages/" + page), base + "/pages/" + page, all);
    }

    /** Sends the page's form with everything hidden in it, and goes where it leads. */
    private static Visitor.Answer submit(
            Visitor person, Visitor.Answer page, String action, Map<String, String> fields) {
        Visitor.Answer answer = look(person, page, action, fields);
        return answer.status() / 100 == 3 ? person.get(answer.header("Location").orElseThrow()) : answer;
    }

    private static Visitor.Answer look(Visitor person, Visitor.Answer page, String action, Map<String, String> fields) {
        Matcher form = Pattern.compile("<form[^>]*action=\"" + Pattern.quote(action) + "\".*?</form>", Pattern.DOTALL)
                .matcher(page.body());
        assertThat(form.find()).as("a form " + action + " in " + page.body()).isTrue();
        String hidden = Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
                .matcher(form.group())
                .results()
                .map(input -> encode(input.group(1)) + "=" + encode(HtmlUtils.htmlUnescape(input.group(2))))
                .collect(Collectors.joining("&"));
        String typed = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return person.exchange(person.request(action)
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(hidden + "&" + typed)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String receipt(Visitor person, String base) throws IOException {
        try {
            HttpResponse<byte[]> response = HttpClient.newBuilder()
                    .cookieHandler(person.cookies())
                    .build()
                    .send(person.request(base + "/receipt.pdf").GET().build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.headers().firstValue("Content-Type")).contains("application/pdf");
            try (var pdf = Loader.loadPDF(response.body())) {
                return new PDFTextStripper().getText(pdf);
            }
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    private static String base(Visitor.Answer answer) {
        return answer.at().getPath().replaceAll("^(/applications/[^/]+).*", "$1");
    }

    private static ApplicationFile file(String base) {
        return ask(new FindApplication(new ApplicationId(base.substring("/applications/".length()))));
    }

    private static FormDefinition without(String page) {
        Predicate<Page> kept = one -> !one.id().equals(page);
        return new FormDefinition(SampleForm.FORM.pages().stream().filter(kept).toList()).in("KE");
    }

    private static Page page(String id, Field... fields) {
        return new Page(id, LocalizedText.en(id), LocalizedText.EMPTY, null, List.of(fields));
    }
}
