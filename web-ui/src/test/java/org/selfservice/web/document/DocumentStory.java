package org.selfservice.web.document;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.Submission.Deferral;

class DocumentStory extends PortalUnderTest {
    private static final String NGUYEN = "7000800090";
    private static final FilePayload PHOTO = new FilePayload("IMG 0001.jpg", "image/jpeg", SampleFiles.jpeg());

    @Test
    void a_person_hands_in_two_photos_looks_at_one_and_takes_the_other_back() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        String page = page(draft, "bills");
        visitor.get(page);

        Answer after = visitor.postFiles(page, Map.of("one.png", SampleFiles.png(), "سند.pdf", SampleFiles.pdf()));

        assertThat(after.body()).contains("one.png is ready.", "سند.pdf is ready.", "Remove");
        Document png = document(draft, "one.png");
        assertThat(visitor.look(page + "/" + png.id()).header("Content-Type")).hasValue("image/png");
        visitor.post(page + "/remove", Map.of("document", png.id().value()));
        assertThat(visitor.get(page).body()).doesNotContain("one.png").contains("سند.pdf");
        assertThat(visitor.look(page + "/" + png.id()).status()).isEqualTo(404);
    }

    @Test
    void every_file_that_is_not_kept_is_named_with_its_reason_and_the_others_are_kept() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        String page = page(draft, "bills");
        visitor.get(page);

        Answer after = visitor.postFiles(
                page,
                Map.of(
                        "good.pdf", SampleFiles.pdf(),
                        "empty.pdf", new byte[0],
                        "locked.pdf", SampleFiles.pdf("secret"),
                        "program.pdf", "MZ\0\0 no document".getBytes()));

        assertThat(after.body())
                .contains("<title>Error:", "good.pdf is ready.")
                .contains("empty.pdf is empty.", "locked.pdf asks for a password.")
                .contains("program.pdf is not a file of a kind that we can take.");
        assertThat(kept(draft)).extracting(Document::name).containsExactly("good.pdf");
    }

    @Test
    void a_file_above_the_limit_is_refused_with_a_page_and_not_with_a_broken_connection() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        String page = page(draft, "bills");
        visitor.get(page);

        Answer after = visitor.postFiles(page, Map.of("huge.heic", Arrays.copyOf(SampleFiles.heic(), 25_000_000)));

        assertThat(after.status()).isEqualTo(200);
        assertThat(after.body()).contains("huge.heic is larger than");
        assertThat(kept(draft)).isEmpty();
    }

    @Test
    void a_name_of_300_characters_is_shortened_and_the_person_is_told() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        String page = page(draft, "bills");
        visitor.get(page);

        Answer after = visitor.postFiles(page, Map.of("b".repeat(296) + ".pdf", SampleFiles.pdf()));

        assertThat(after.body()).contains("was too long, so we shortened it");
        assertThat(kept(draft))
                .singleElement()
                .extracting(Document::name)
                .asString()
                .hasSize(255)
                .endsWith("….pdf");
    }

    @Test
    void the_same_content_for_the_same_question_is_said_to_be_there_already() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        String page = page(draft, "bills");
        byte[] content = SampleFiles.png();
        visitor.get(page);
        visitor.postFiles(page, Map.of("first.png", content));

        assertThat(visitor.postFiles(page, Map.of("second.png", content)).body())
                .contains("You have handed in second.png for this question already.");
        assertThat(kept(draft)).hasSize(1);
    }

    @Test
    void nothing_chosen_is_said_in_words() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        visitor.get(page(draft, "bills"));

        assertThat(visitor.postFiles(page(draft, "bills"), Map.of()).body()).contains("Choose a file first");
    }

    @Test
    void a_document_of_an_earlier_application_is_used_again_with_one_press() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId first = Cases.begun(Cases.registrant(visitor));
        visitor.get(page(first, "hospital_letter"));
        visitor.postFiles(page(first, "hospital_letter"), Map.of("letter.pdf", SampleFiles.pdf()));
        Document letter = document(first, "letter.pdf");
        ApplicationId second = Cases.begun(Cases.registrant(visitor));

        assertThat(visitor.get(page(second, "hospital_letter")).body())
                .contains("Use letter.pdf", "Handed in for Help with medical costs");
        Answer after = visitor.post(
                page(second, "hospital_letter") + "/reuse",
                Map.of("from", first.value(), "document", letter.id().value()));

        assertThat(after.body()).contains("letter.pdf is ready.");
        assertThat(document(second, "letter.pdf").sha256()).isEqualTo(letter.sha256());
        assertThat(document(second, "letter.pdf").id()).isNotEqualTo(letter.id());
    }

    @Test
    void who_does_not_have_it_now_says_why_and_takes_it_back() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        String page = page(draft, "hospital_letter");
        visitor.get(page);

        assertThat(visitor.post(page + "/defer", Map.of("why", "NEED_HELP")).status())
                .isEqualTo(200);
        assertThat(ask(new FindApplication(draft)).deferred()).containsEntry("hospital_letter", Deferral.NEED_HELP);
        assertThat(visitor.get(page).body())
                .contains("You told us that you do not have this now: I need help to get it.");
        visitor.post(page + "/defer", Map.of());
        assertThat(visitor.get(page).body()).doesNotContain("You told us");
    }

    @Test
    void on_a_phone_each_file_shows_how_far_it_is_and_why_it_was_not_kept() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        Page phone = phone();
        phone.navigate("/sign-in");
        signIn(phone, NGUYEN);
        phone.navigate(page(draft, "bills"));
        phone.locator("#files")
                .setInputFiles(
                        new FilePayload[] {PHOTO, new FilePayload("notes.txt", "text/plain", "hello".getBytes())});

        assertThat(phone.locator("[data-files] li", new Page.LocatorOptions().setHasText("IMG 0001.jpg")))
                .containsText("Ready");
        assertThat(phone.locator("[data-files] li", new Page.LocatorOptions().setHasText("notes.txt")))
                .containsText("Problem");
        assertThat(phone.locator("[data-files]")).containsText("notes.txt is not a file of a kind that we can take");
        screenshot(phone, "document-phone");
    }

    @Test
    void without_script_the_same_page_sends_all_files_at_once() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        Page plain = browser(
                new Browser.NewContextOptions().setViewportSize(320, 640).setJavaScriptEnabled(false));
        plain.navigate("/sign-in");
        signIn(plain, NGUYEN);
        plain.navigate(page(draft, "bills"));
        plain.locator("#files").setInputFiles(PHOTO);
        plain.locator("[data-send]").click();

        assertThat(plain.locator("[data-files]")).containsText("IMG 0001.jpg");
        screenshot(plain, "document-320");
    }

    private static String page(ApplicationId application, String field) {
        return "/applications/" + application + "/documents/" + field;
    }

    private static List<Document> kept(ApplicationId application) {
        return ask(new FindApplication(application)).documents().stream()
                .filter(document -> document.state() != DocumentState.REMOVED)
                .toList();
    }

    private static Document document(ApplicationId application, String name) {
        return Awaitility.await()
                .until(
                        () -> kept(application).stream()
                                .filter(one -> name.equals(one.name()))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }
}
