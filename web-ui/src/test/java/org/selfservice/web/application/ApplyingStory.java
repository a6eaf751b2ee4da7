package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfservice.Visitor;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Answer;
import org.selfservice.web.identity.KeptSession;
import org.springframework.web.util.HtmlUtils;

/** Filling in, over HTTP as a browser without scripts does it. */
class ApplyingStory extends Applicants {
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
        Awaitility.await()
                .untilAsserted(() -> assertThat(file(base).answers()).containsEntry("name", Answer.text(tooLong)));
        // The corrected page goes on although its first version was saved meanwhile.
        Visitor.Answer right = submit(
                person,
                wrong,
                base + "/pages/you",
                Map.of("answer.name", "Layla", "answer.age", "40", "exit", "continue"));
        assertThat(right.at().getPath()).isEqualTo(base + "/pages/more");
    }

    /** Each with what the receipt shows of it: its fonts have no pictures, and text is read from a PDF as it stands there. */
    static Stream<Arguments> texts() {
        String tags = "O'Neil \"the\" <b>bold</b> & <script>alert(1)</script>";
        String expressions = "${7*7} #{x} @{y} [[${1}]]";
        return Stream.of(
                arguments(tags, List.of(tags)),
                arguments("👩🏾‍🌾 Zoë q̣̇", List.of("□", "Zoë q̣̇")),
                arguments("\u200Fعائشة\u200E (12)", List.of("عائشة", "12")),
                arguments(expressions, List.of(expressions)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void any_text_comes_back_as_it_was_typed(String text, List<String> onTheReceipt) throws IOException {
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
        assertThat(receipt(person, base).replace("\u200F", "").replace("\u200E", ""))
                .contains(file(base).reference())
                .contains(onTheReceipt);
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
    void what_was_typed_when_the_session_reached_its_limit_is_there_again_after_signing_in() {
        Offer.open("limit-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(ZOE);
        String base = base(begin(person, "limit-story"));
        Visitor.Answer page = person.get(base + "/pages/you");
        KeptSession.of(person).age(Duration.ofHours(11));
        Visitor.Answer over = submit(
                person,
                page,
                base + "/pages/you",
                Map.of("answer.name", "Typed at the limit", "answer.age", "33", "exit", "continue"));
        assertThat(over.at().getPath()).isEqualTo("/sign-in/timeout");
        assertThat(over.body()).contains("Your answers are saved. Sign in to go on.");
        Visitor.Answer back = signIn(
                person,
                person.get(
                        "/oauth2/authorization/national?to=" + over.parameters().get("to")),
                ZOE);
        assertThat(back.at().getPath()).isEqualTo(base + "/pages/you");
        assertThat(back.body()).contains("value=\"Typed at the limit\"");
    }

    @Test
    void what_another_site_posts_for_a_person_without_a_session_is_not_there_after_signing_in() {
        Offer.open("other-site-story", SHORT, List.of(), List.of());
        Visitor person = signedIn(ZOE);
        String base = base(begin(person, "other-site-story"));
        Visitor.Answer page = person.get(base + "/pages/you");
        KeptSession.of(person).age(Duration.ofHours(11));
        Visitor.Answer over = submit(
                person.with("Sec-Fetch-Site", "cross-site"),
                page,
                base + "/pages/you",
                Map.of("answer.name", "Typed by a stranger", "answer.age", "33", "exit", "continue"));
        assertThat(over.at().getPath()).isNotEqualTo(base + "/pages/you");
        signIn(person, person.get("/oauth2/authorization/national?to=/applications"), ZOE);
        assertThat(person.get(base + "/pages/you").body()).doesNotContain("Typed by a stranger");
        assertThat(file(base).answers()).isEmpty();
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
}
