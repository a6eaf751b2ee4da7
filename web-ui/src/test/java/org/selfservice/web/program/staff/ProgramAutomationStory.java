package org.selfservice.web.program.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.EraseApplication;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.program.ProgramCommand.SetEligibilityRules;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.program.Retention;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;

/** What a program does by itself, set up with pages alone and seen by the person; and rules tried on the past. */
class ProgramAutomationStory extends PortalUnderTest {
    private static final String ISSUER = "https://automation.example";
    private static final String TOMAS = "6000700080";

    @Test
    void whoever_is_approved_is_enrolled_and_sees_it() {
        ProgramCode program = opened("seedlings", List.of());
        Page page = admin();
        page.navigate("/staff/programs/seedlings");
        page.locator("a[href$='/seedlings/auto-enrolment']").click();
        page.check("#onApproval");
        see(page, "programs-auto-enrolment-en");
        save(page);
        assertThat(page.locator("main")).containsText("Enrol the person at once");
        page.navigate("/staff/programs/seedlings/auto-enrolment?lang=ar");
        see(page, "programs-auto-enrolment-ar");

        Visitor person = signedIn(TOMAS);
        RegistrantId who = Cases.registrant(person);
        ApplicationId application = sent(program, who, "300");
        approve(application);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ask(new FindDossier(who)).enrolments().stream()
                        .anyMatch(one -> application.equals(one.application())));

        assertThat(person.get("/enrolments?lang=en").body()).contains("Seedlings for farms");
        assertThat(person.get("/applications/" + application).body())
                .contains("You were enrolled in the program.", "You are enrolled: see my programs");
        page.navigate("/staff/programs?lang=en");
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("seedlings"))
                        .locator("td")
                        .last())
                .hasText("1");
        see(page, "programs-list-figures-en");
        page.navigate("/staff/programs/seedlings/suspension");
        assertThat(page.locator("main dl")).containsText(Pattern.compile("People in the program now\\s*1"));
        see(page, "programs-suspension-figures-en");
    }

    @Test
    void how_long_data_are_kept_is_set_and_told_before_and_after() {
        ProgramCode program = opened("ploughs", List.of());
        Page page = admin();
        page.navigate("/staff/programs/ploughs/retention");
        page.fill("#rejectedDays", "365");
        page.fill("#withdrawnDays", "0");
        page.fill("#expiredDays", "soon");
        save(page);
        assertThat(page.title()).startsWith("Error:");
        assertThat(page.locator(".govuk-error-summary li")).hasCount(2);
        assertThat(page.locator("#expiredDays")).hasValue("soon");
        see(page, "programs-retention-wrong-en");
        page.fill("#withdrawnDays", "90");
        page.fill("#expiredDays", "");
        save(page);
        assertThat(page.locator("main")).containsText("Withdrawn: 90 days");
        see(page, "programs-automation-en");
        assertThat(program("ploughs").retention()).isEqualTo(new Retention(365, 90, null));
        page.navigate("/staff/programs/ploughs/retention?lang=ar");
        see(page, "programs-retention-ar");

        assertThat(visitor().get("/programs/ploughs").body())
                .contains("How long your data are kept", "90 days after you withdrew it");
        page.navigate("/programs/ploughs?lang=ar");
        see(page, "program-kept-ar");

        Visitor person = signedIn(TOMAS);
        RegistrantId who = Cases.registrant(person);
        ApplicationId application = begun(program, who, "200");
        assertThat(person.get("/applications/" + application + "/check").body())
                .contains("How long your data are kept", "365 days after your application was not approved");
        Cases.seen(send(new SubmitApplication(application, who, "2026-11", "en")));
        assertThat(person.get("/applications/" + application).body()).doesNotContain("are erased on");
        Cases.seen(send(new WithdrawApplication(application, who, Personal.of(""))));
        assertThat(person.get("/applications/" + application).body())
                .contains("Your answers and documents in this application are erased on");
        Cases.seen(send(new EraseApplication(application)));
        assertThat(person.get("/applications/" + application).body())
                .contains("The personal details were erased.")
                .doesNotContain("are erased on");
    }

    @Test
    void other_rules_are_replayed_over_the_applications_of_the_past_before_they_are_saved() {
        ProgramCode program = opened("tractors", List.of(rule("poor", "answers.income <= 400")));
        ApplicationFile low = file(sent(program, registered("low"), "100"));
        ApplicationFile high = file(sent(program, registered("high"), "350"));
        ApplicationFile middle = file(sent(program, registered("middle"), "300"));
        Cases.seen(send(new EraseApplication(sent(program, registered("gone"), "390"))));
        Page page = admin();
        page.navigate("/staff/programs/tractors/rules");
        fill(page, "rule.0.expression", "answers.income <= ");
        page.locator("[name=replay]").click();
        assertThat(page.locator("[id='rule.0.expression-error']")).containsText("The rule cannot be used");
        fill(page, "rule.0.expression", "answers.income <= 200");
        page.locator("[name=add]").click();
        fill(page, "rule.1.expression", "person.household_size > 2");
        fill(page, "rule.1.id", "family");
        fill(page, "rule.1.message.en", "For families.");
        see(page, "programs-rules-replay-en");
        page.locator("[name=replay]").click();

        assertThat(page.locator("main dl dd")).hasText(new String[] {"3", "2", "0", "1", "0", "1"});
        assertThat(page.locator("main tbody th")).hasText(new String[] {middle.reference(), high.reference()});
        assertThat(page.locator("main")).not().containsText(low.reference());
        assertThat(page.locator("main tbody tr").first()).containsText("Not eligible");
        assertThat(page.locator("main tbody td:last-child")).hasText(new String[] {"poor", "poor"});
        assertThat(page.locator("main")).containsText("family with 3 applications");
        see(page, "programs-replay-en");
        page.locator("button[name=lang][value=ar]").click();
        assertThat(page.locator("main tbody th")).hasCount(2);
        see(page, "programs-replay-ar");
        page.locator("button[name=lang][value=en]").click();
        page.locator("[name=try]").click();
        assertThat(page.locator("[id='rule.0.expression']")).hasValue("answers.income <= 200");
        assertThat(program("tractors").rules()).extracting("id").containsExactly("poor");
        page.locator("[name=replay]").click();
        page.locator("[name=save]").click();
        assertThat(page.locator(".govuk-notification-banner")).containsText("The rules were saved.");
        assertThat(program("tractors").rules()).extracting("id").containsExactly("poor", "family");
    }

    @Test
    void replaying_is_an_endpoint_too() {
        ProgramCode program = opened("mowers", List.of(rule("poor", "answers.income <= 400")));
        ApplicationFile file = file(sent(program, registered("mower"), "350"));
        Visitor machine = machine("programs:write");
        String rules =
                "[{\"id\":\"poor\",\"expression\":\"answers.income <= 200\",\"message\":{\"en\":\"No\"},\"hard\":true}]";

        Visitor.Answer answer = machine.send("POST", "/api/v1/programs/mowers/rules/replay", rules);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("loses").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/byRule/poor").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/changes/0/reference").asString()).isEqualTo(file.reference());
        assertThat(answer.json().at("/changes/0/eligible").asBoolean()).isFalse();
        Visitor.Answer wrong =
                machine.send("POST", "/api/v1/programs/mowers/rules/replay", rules.replace("<= 200", "<="));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("RULE_NOT_VALID");
        assertThat(machine("read")
                        .send("POST", "/api/v1/programs/mowers/rules/replay", rules)
                        .status())
                .isEqualTo(403);
        assertThat(program("mowers").rulesVersion()).isEqualTo(1);
    }

    @Test
    void every_kind_of_policy_is_set_on_the_page_and_by_the_endpoint() {
        ProgramCode program = opened("ladders", List.of());
        Page page = admin();
        page.navigate("/staff/programs/ladders/policy");
        page.check("#kind");
        page.uncheck("#againAfterRejection");
        page.check("#againAfterWithdrawal");
        save(page);
        assertThat(page.locator("main")).containsText("Again after one withdrew");
        assertThat(page.locator("main")).not().containsText("Again after a rejection");
        assertThat(program("ladders").policy())
                .isEqualTo(new ApplicationPolicy(ApplicationPolicy.Kind.ONCE, 1, 0, false, true));
        page.navigate("/staff/programs/ladders/policy");
        page.check("#kind-open");
        save(page);
        assertThat(program("ladders").policy()).isEqualTo(ApplicationPolicy.oneOpen());

        Visitor machine = machine("programs:write");
        Map.of(
                        "{\"kind\":\"ONCE\",\"againAfterRejection\":true,\"againAfterWithdrawal\":false}",
                        new ApplicationPolicy(ApplicationPolicy.Kind.ONCE, 1, 0, true, false),
                        "{\"kind\":\"PER_PERIOD\",\"limit\":2,\"periodDays\":365}",
                        ApplicationPolicy.perPeriod(2, 365),
                        "{\"kind\":\"ONE_OPEN\"}",
                        ApplicationPolicy.oneOpen())
                .forEach((body, policy) -> {
                    long sequence = machine.send("PUT", "/api/v1/programs/ladders/policy", body)
                            .json()
                            .path("sequence")
                            .asLong();
                    Awaitility.await().until(() -> program("ladders").sequence() >= sequence);
                    assertThat(program("ladders").policy()).isEqualTo(policy);
                });
        assertThat(program).isEqualTo(program("ladders").code());
    }

    private static EligibilityRule rule(String id, String expression) {
        return new EligibilityRule(id, expression, LocalizedText.en("Your income is too high."), true);
    }

    private static ProgramCode opened(String code, List<EligibilityRule> rules) {
        ProgramCode program = new ProgramCode(code);
        FormCode form = new FormCode(code);
        send(new CreateForm(form, LocalizedText.en(code)));
        send(new ReviseFormDraft(
                form,
                new FormDefinition(List.of(new org.selfservice.kernel.form.Page(
                        "about",
                        LocalizedText.en("About you"),
                        LocalizedText.EMPTY,
                        null,
                        List.of(Field.of("income", FieldType.NUMBER, LocalizedText.en("Income in a month"))))))));
        send(new PublishFormVersion(form));
        send(new CreateProgram(program, profile()));
        send(new MapForm(program, form, 1, OpenDrafts.KEEP_VERSION));
        send(new SetApplicationPolicy(program, ApplicationPolicy.oneOpen()));
        send(new SetEligibilityRules(program, rules));
        send(new OpenProgram(program));
        Awaitility.await().until(() -> ask(new FindProgram(program)).state() == ProgramState.OPEN);
        return program;
    }

    private static ProgramProfile profile() {
        LocalizedText text = LocalizedText.of("For everybody who farms", "Pour qui cultive", "لكل من يزرع");
        return new ProgramProfile(
                "AUTO",
                LocalizedText.of("Seedlings for farms", "Des plants pour les fermes", "شتلات للمزارع"),
                text,
                text,
                text,
                text,
                text,
                ProgramProfile.Target.INDIVIDUAL,
                "KES",
                null,
                null,
                null,
                10,
                30,
                90,
                "Africa/Nairobi");
    }

    private static RegistrantId registered(String subject) {
        RegistrantId who = bean(Pseudonyms.class).registrant(ISSUER, subject, 1);
        send(new RegisterRegistrant(
                who,
                1,
                Personal.of(new Login(ISSUER, subject)),
                "national",
                IdType.FOUNDATIONAL,
                Personal.of(subject)));
        return who;
    }

    private static ApplicationId begun(ProgramCode program, RegistrantId who, String income) {
        ApplicationId application = bean(Pseudonyms.class).application(who, program, 1);
        send(new ApplyForProgram(application, who, program, 1, "en"));
        Cases.seen(send(
                new SaveAnswers(application, who, 0, Personal.of(Map.of("income", Answer.text(income))), Map.of())));
        return application;
    }

    private static ApplicationId sent(ProgramCode program, RegistrantId who, String income) {
        ApplicationId application = begun(program, who, income);
        Cases.seen(send(new SubmitApplication(application, who, "2026-11", "en")));
        return application;
    }

    private static void approve(ApplicationId application) {
        Cases.seen(send(new ApproveApplication(application, Personal.of("Welcome"))));
    }

    private static ApplicationFile file(ApplicationId application) {
        return ask(new FindApplication(application));
    }

    private static ProgramDetails program(String code) {
        return ask(new FindProgram(new ProgramCode(code)));
    }

    private Page admin() {
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "admin");
        return page;
    }

    /** What scripts that look at a page need: the same page where scripts may run. */
    private void see(Page page, String name) {
        Page same = desktop();
        same.navigate("/help");
        same.setContent(page.content());
        look(same, name);
        same.context().close();
    }

    private static void fill(Page page, String id, String value) {
        page.locator("[id='" + id + "']").fill(value);
    }

    private static void save(Page page) {
        page.locator("form#edit .govuk-button-group button").click();
    }
}
