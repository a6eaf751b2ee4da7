package org.selfservice.web.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.kernel.LocalizedText.en;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationCommand.UploadDocument;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Verdict;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;

/** Two applications that may be one person's: staff are told why, compare them, and say what they found. */
class DuplicatesStory extends PortalUnderTest {
    private static final String ISSUER = "https://duplicates.example";

    private static ProgramCode program;

    @BeforeAll
    static void open() {
        program = Offer.open("duplicates-story", form(), List.of(), List.of());
    }

    @Test
    void a_duplicate_is_found_compared_and_resolved_without_scripts() {
        ApplicationFile first = sent("amal", "Amal Haddad", "+254711000001", "mother");
        ApplicationFile second = suspected(sent("samar", "HADDAD, Amal", "+254 711 000 001", "father"));
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "reviewer");

        page.navigate("/staff/duplicates");
        assertThat(page.locator("main")).containsText("telephone number");
        assertThat(page.locator("article time").first()).containsText("(GMT+3)");
        page.locator("main a:has-text('" + second.reference() + "')").click();
        String address = "/staff/duplicates/" + second.id() + "/" + first.id();
        assertThat(page.url()).isEqualTo(url(address));
        assertThat(page.locator("main")).not().containsText("GMT)");
        assertThat(page.locator(".portal-compared h3")).hasText(new String[] {"Who helps you?"});
        assertThat(page.locator(".portal-compared dd")).hasText(new String[] {"father", "mother"});
        assertThat(page.locator("#same dt")).hasText(new String[] {"Your name", "Phone", "Birth date"});
        assertThat(page.locator("#same dd bdi"))
                .hasText(new String[] {"HADDAD, Amal", "Amal Haddad", "+254711000001", "1 May 1990"});
        assertThat(page.locator("main")).containsText("The same file");

        page.locator("button:has-text('Save what you found')").click();
        assertThat(page.title()).startsWith("Error:");
        page.locator("#reason").fill("Two birth <certificates> ’");
        page.locator("button:has-text('Save what you found')").click();
        assertThat(page.locator(".govuk-error-summary")).containsText("Say whether");
        assertThat(page.locator("#reason")).hasValue("Two birth <certificates> ’");

        page.locator("label:has-text('No, they are two people')").click();
        page.locator("button:has-text('Save what you found')").click();
        assertThat(page.locator(".govuk-notification-banner")).containsText(second.reference() + " is not a duplicate");
        assertThat(page.locator("main")).not().containsText(second.reference());
        page.navigate(address);
        assertThat(page.locator("main")).containsText("Two birth <certificates> ’");
        assertThat(machine("cases:write")
                        .send("POST", "/api/v1/cases/" + second.id() + "/approval", "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void nothing_scrolls_sideways_and_axe_finds_nothing_in_both_directions() {
        ApplicationFile first = sent("nour", "Nour Aziz", "+254711000002", "aunt");
        ApplicationFile second = suspected(sent("noor", "Noor Aziz", "+254711000002", "aunt"));
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "reviewer");
        for (String language : List.of("en", "ar")) {
            page.navigate("/staff/duplicates?lang=" + language);
            look(page, "duplicates-" + language);
            page.navigate("/staff/duplicates/" + second.id() + "/" + first.id());
            page.locator("form[action^='/staff/duplicates'] button").click();
            look(page, "duplicates-compare-" + language);
        }
    }

    @Test
    void who_may_not_decide_sees_the_two_and_no_form() {
        ApplicationFile first = sent("rim", "Rim Saleh", "+254711000003", "uncle");
        ApplicationFile second = suspected(sent("reem", "Reem Saleh", "+254711000003", "uncle"));
        String address = "/staff/duplicates/" + second.id() + "/" + first.id();

        assertThat(staff("officer").get(address).body()).contains("Rim Saleh").doesNotContain("Save what you found");
        assertThat(staff("analyst").get(address).status()).isEqualTo(403);
        assertThat(staff("reviewer")
                        .get("/staff/duplicates/" + first.id() + "/" + second.id())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void other_systems_see_resolve_and_pass_over_suspicions() {
        ApplicationFile first = sent("huda", "Huda Omar", "+254711000004", "sister");
        ApplicationFile second = suspected(sent("hoda", "Hoda Omar", "+254711000004", "sister"));
        Visitor machine = machine("cases:write");
        String address = "/api/v1/cases/" + second.id();

        assertThat(machine.get("/api/v1/duplicates?limit=100").body())
                .contains(second.reference(), "PHONE")
                .doesNotContain("254711000004", "Huda");
        Answer refused = machine.send("POST", address + "/approval", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("code").asString()).isEqualTo("DUPLICATE_SUSPECTED");
        Answer found = machine.send(
                "POST",
                address + "/suspicions/" + first.id(),
                "{\"verdict\": \"DUPLICATE\", \"reason\": \"One face\"}");
        assertThat(found.status()).isEqualTo(200);
        assertThat(machine.send("POST", address + "/approval", "{}").status()).isEqualTo(409);
        Answer nothing = machine.send(
                "POST",
                address + "/suspicions/" + second.id(),
                "{\"verdict\": \"DUPLICATE\", \"reason\": \"One face\"}");
        assertThat(nothing.json().get("code").asString()).isEqualTo("SUSPICION_UNKNOWN");

        assertThat(machine.send("POST", address + "/approval", "{\"override\": \"The minister asked\"}")
                        .status())
                .isEqualTo(200);

        ApplicationFile after = Awaitility.await()
                .until(() -> ask(new FindApplication(second.id())), file -> file.state() == ApplicationState.APPROVED);
        assertThat(after.suspicions()).singleElement().satisfies(one -> {
            assertThat(one.verdict()).isEqualTo(Verdict.DUPLICATE);
            assertThat(one.overridden()).isEqualTo("The minister asked");
        });
        assertThat(after.forItsPerson().suspicions()).isEmpty();
    }

    private static FormDefinition form() {
        return new FormDefinition(List.of(new org.selfservice.kernel.form.Page(
                "you",
                LocalizedText.of("You", "Vous", "أنت"),
                LocalizedText.EMPTY,
                null,
                List.of(
                        Field.of("who", FieldType.TEXT, LocalizedText.of("Your name", "Votre nom", "اسمك"))
                                .prefilledFrom("name"),
                        Field.of(
                                "supported_by",
                                FieldType.TEXT,
                                LocalizedText.of("Who helps you?", "Qui vous aide ?", "من يساعدك؟")),
                        Field.of("phone", FieldType.PHONE, LocalizedText.of("Phone", "Téléphone", "الهاتف")),
                        Field.of(
                                        "born",
                                        FieldType.DATE,
                                        LocalizedText.of("Birth date", "Date de naissance", "تاريخ الميلاد"))
                                .prefilledFrom("birthdate"),
                        Field.of("card", FieldType.FILE, en("ID card")).optional()))));
    }

    private static ApplicationFile sent(String subject, String name, String phone, String helper) {
        RegistrantId who = bean(Pseudonyms.class).registrant(ISSUER, subject, 1);
        send(new RegisterRegistrant(
                who, 1, Personal.of(new Login(ISSUER, subject)), "national", IdType.FOUNDATIONAL, Personal.of(name)));
        ApplicationId id = bean(Pseudonyms.class).application(who, program, 1);
        send(new ApplyForProgram(id, who, program, 1, "en"));
        send(new SaveAnswers(
                id,
                who,
                0,
                Personal.of(Map.of(
                        "who", org.selfservice.kernel.form.Answer.text(name),
                        "supported_by", org.selfservice.kernel.form.Answer.text(helper),
                        "phone", org.selfservice.kernel.form.Answer.text(phone),
                        "born",
                                new org.selfservice.kernel.form.Answer.Parts(
                                        Map.of("day", "1", "month", "5", "year", "1990")))),
                Map.of()));
        send(new UploadDocument(
                id,
                who,
                new DocumentId("d-" + "0".repeat(20 - subject.length()) + subject),
                "card",
                Personal.of(subject + " card.jpg"),
                "image/jpeg",
                48_213,
                "ab".repeat(32),
                false));
        return Cases.seen(send(new SubmitApplication(id, who, "1", "en")));
    }

    private static ApplicationFile suspected(ApplicationFile file) {
        return Awaitility.await().until(() -> ask(new FindApplication(file.id())), one -> one.suspected());
    }
}
