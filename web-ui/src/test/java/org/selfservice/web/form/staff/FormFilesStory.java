package org.selfservice.web.form.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FindForms;
import org.selfservice.kernel.form.FormQuery.FormLine;
import org.selfservice.web.form.Questionnaire;
import tools.jackson.databind.json.JsonMapper;

/** Forms leave and come as files, against a schema that everybody can read. */
class FormFilesStory extends PortalUnderTest {
    private static final List<String> DEMO =
            List.of("cash-transfer", "farm-inputs", "fuel-voucher", "medical-assistance", "school-meals");

    @Test
    void every_form_of_the_demonstration_is_exported_as_the_schema_says_and_comes_back_the_same() {
        Schema schema = schema();
        Visitor admin = staff("admin");
        List<String> forms = ask(new FindForms()).forms().stream()
                .map(FormLine::form)
                .map(FormCode::value)
                .filter(DEMO::contains)
                .toList();
        assertThat(forms).isNotEmpty();
        for (String code : forms) {
            Visitor.Answer file = admin.get("/staff/forms/" + code + "/versions/1/export");
            assertThat(file.header("Content-Disposition").orElseThrow()).contains(code + "-1.json");
            assertThat(schema.validate(file.body(), InputFormat.JSON)).as(code).isEmpty();
            assertThat(file.json().path("$schema").asString()).isEqualTo(url("/schemas/form.json"));
            FormDefinition published = ask(new org.selfservice.kernel.form.FormQuery.FindFormVersion(
                            new FormCode(code), 1))
                    .definition();
            assertThat(bean(JsonMapper.class)
                            .readValue(file.body(), Questionnaire.class)
                            .definition())
                    .as(code)
                    .isEqualTo(published);
        }
    }

    @Test
    void the_schema_refuses_what_no_form_holds() {
        Schema schema = schema();
        assertThat(schema.validate("{\"pages\": []}", InputFormat.JSON)).isNotEmpty();
        assertThat(schema.validate("""
                        {"pages": [{"id": "a", "title": {"en": "A"}, "fields": [{"id": "b", "type": "COLOUR", "label": {"en": "B"}}]}]}
                        """, InputFormat.JSON)).isNotEmpty();
        assertThat(schema.validate("""
                        {"pages": [{"id": "a", "title": {"en": "A"}, "fields": [{"id": "b", "type": "RADIOS", "label": {"en": "B"}}]}]}
                        """, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void a_file_is_taken_over_and_what_is_wrong_with_it_is_said_with_its_line() {
        String code = "from-file";
        send(new CreateForm(new FormCode(code), LocalizedText.en("From a file")));
        Awaitility.await().until(() -> ask(new FindForm(new FormCode(code))).sequence() >= 0);
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "admin");
        page.navigate("/staff/forms/" + code + "/import");
        page.locator("form#edit .govuk-button-group button").click();
        assertThat(page.locator("#file-error")).containsText("Choose a file");

        String wrong = staff("admin")
                .get("/staff/forms/cash-transfer/versions/1/export")
                .body()
                .replaceFirst("\"type\" : \"DATE\"", "\"type\" : \"DAY\"");
        int line = wrong.substring(0, wrong.indexOf("\"DAY\"")).split("\n").length;
        upload(page, wrong);
        assertThat(page.locator("#json-error")).containsText("Line " + line + ", at pages[");
        assertThat(page.locator("#json")).hasValue(wrong);
        page.locator("#json").fill("{\"pages\": [{\"id\": \"a\"}]}");
        page.locator("form#edit .govuk-button-group button").click();
        assertThat(page.locator("#json-error")).containsText("pages[0].title");
        page.locator("#json").fill("{\"pages\": [\n{]}");
        page.locator("form#edit .govuk-button-group button").click();
        assertThat(page.locator("#json-error")).containsText("Line 2 is no JSON");
        page.locator("#json").fill(wrong.replace("\"DAY\"", "\"DATE\""));
        page.locator("form#edit .govuk-button-group button").click();
        assertThat(page.locator(".govuk-notification-banner")).containsText("The file’s questions are the draft now.");
        assertThat(ask(new FindForm(new FormCode(code))).draft())
                .isEqualTo(ask(new FindForm(new FormCode("cash-transfer"))).draft());
    }

    @Test
    void a_form_is_copied_on_a_page_and_through_the_endpoint() {
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "admin");
        page.navigate("/staff/forms/cash-transfer/copy");
        page.locator("#code").fill("cash-transfer");
        page.locator("form#edit .govuk-button-group button").click();
        assertThat(page.locator("#code-error")).isVisible();
        page.locator("#code").fill("cash-copy");
        page.locator("form#edit .govuk-button-group button").click();
        assertThat(page.locator(".govuk-notification-banner")).containsText("The copy was created.");
        FormDefinition original =
                ask(new FindForm(new FormCode("cash-transfer"))).draft();
        assertThat(ask(new FindForm(new FormCode("cash-copy"))).draft()).isEqualTo(original);

        Visitor machine = machine("programs:write").with("Content-Type", "application/json");
        Visitor.Answer copied = machine.send(
                "POST",
                "/api/v1/forms/cash-transfer/copies",
                "{\"code\": \"cash-copied\", \"title\": {\"en\": \"A copy\"}}");
        assertThat(copied.status()).isEqualTo(201);
        long reached = copied.json().path("sequence").asLong();
        Visitor.Answer draft = machine.get("/api/v1/forms/cash-copied/draft?atLeast=" + reached);
        assertThat(bean(JsonMapper.class)
                        .readValue(draft.body(), Questionnaire.class)
                        .definition())
                .isEqualTo(original);
        assertThat(machine.send("PUT", "/api/v1/forms/cash-copied/draft?basis=0", draft.body())
                        .status())
                .isEqualTo(409);
        assertThat(machine.send("PUT", "/api/v1/forms/cash-copied/draft?basis=" + reached, draft.body())
                        .status())
                .isEqualTo(200);
        Visitor.Answer older = machine.send("POST", "/api/v1/forms/cash-copied/versions?basis=0", "");
        assertThat(older.status()).isEqualTo(409);
        assertThat(older.json().path("code").asString()).isEqualTo("CHANGED_MEANWHILE");
        assertThat(machine.send("POST", "/api/v1/forms/cash-copied/versions?basis=" + reached, "")
                        .status())
                .isEqualTo(201);
    }

    private static void upload(Page page, String text) {
        page.locator("#file")
                .setInputFiles(new FilePayload("form.json", "application/json", text.getBytes(StandardCharsets.UTF_8)));
        page.locator("form#edit .govuk-button-group button").click();
    }

    /** As everybody gets it. */
    private static Schema schema() {
        Visitor.Answer answer = visitor().with("Accept", "*/*").get("/schemas/form.json");
        assertThat(answer.status()).isEqualTo(200);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(answer.body());
    }
}
