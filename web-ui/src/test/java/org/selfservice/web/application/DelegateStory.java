package org.selfservice.web.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Portal;

/** Somebody acts for another person who allows it, within what was allowed and not a request longer. */
class DelegateStory extends PortalUnderTest {
    private static final String TOMAS = "6000700080";
    private static final String NGUYEN = "7000800090";
    private static final String HANA = "9200300410";
    private static final String PROGRAM = "delegate-story";
    private static final String ANOTHER = "delegate-other";
    private static final Pattern CODE = Pattern.compile("([2-9A-Z]{4}(?:-[2-9A-Z]{4}){3})");
    private static final Pattern DELEGATION = Pattern.compile("name=\"delegation\" value=\"([^\"]+)\"");

    @BeforeAll
    static void open() {
        FormDefinition form = new FormDefinition(List.of(new org.selfservice.kernel.form.Page(
                "need",
                LocalizedText.of("Need", "Besoin", "الحاجة"),
                LocalizedText.EMPTY,
                null,
                List.of(Field.of(
                        "need",
                        FieldType.TEXT,
                        LocalizedText.of("What do you need?", "De quoi avez-vous besoin ?", "ماذا تحتاج؟"))))));
        Offer.open(PROGRAM, form, List.of(), List.of());
        Offer.open(ANOTHER, form, List.of(), List.of());
    }

    @Test
    void somebody_is_let_acts_and_is_not_let_any_more() {
        Page hers = browser(new Browser.NewContextOptions());
        hers.navigate("/sign-in");
        signIn(hers, NGUYEN);
        hers.navigate("/me");
        hers.locator("a[href='/me/delegates']").click();
        hers.locator("a[href='/me/delegates/new']").click();
        hers.locator("main form button[type=submit]").click();
        assertThat(hers.title()).startsWith("Error:");
        hers.locator("#name").fill("My cousin <Tom>");
        hers.locator("main form button[type=submit]").click();
        assertThat(hers.locator("#name")).hasValue("My cousin <Tom>");
        hers.locator("#permission-APPLY").check();
        hers.locator("#program-" + PROGRAM).check();
        hers.locator("main form button[type=submit]").click();
        String code = hers.locator(".portal-code").innerText();
        assertThat(code).matches(CODE);
        hers.reload();
        assertThat(hers.locator(".portal-code")).hasCount(0);
        assertThat(hers.locator("main")).containsText("Has not used the code yet");

        Page his = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        his.navigate("/sign-in");
        signIn(his, TOMAS);
        his.navigate("/acting");
        his.locator("#code").fill("ABCD-EFGH-JKMN-PQRS");
        his.locator("form[action='/acting/accept'] button").click();
        assertThat(his.title()).startsWith("Error:");
        assertThat(his.locator(".govuk-error-summary")).containsText("This code is not known");
        his.locator("#code").fill(code.toLowerCase().replace('-', ' '));
        his.locator("form[action='/acting/accept'] button").click();
        assertThat(his.locator(".govuk-notification-banner")).containsText("You may now act for this person");
        his.locator("form[action='/acting/begin'] button").last().click();
        assertThat(his.locator(".portal-helping")).containsText("You are acting for Nguyễn M.");
        String application = applied(his, PROGRAM);
        his.navigate("/applications/" + application + "/check");
        his.locator("#declaration").check();
        his.locator("form[action$='/check'] button[type=submit]").click();
        assertThat(his.url()).endsWith("/sent");
        assertThat(his.navigate("/me").status()).isEqualTo(403);

        ApplicationId id = new ApplicationId(application);
        RegistrantId nguyen = ask(new org.selfservice.kernel.application.ApplicationQuery.FindApplication(id))
                .registrant();
        RegistrantId tomas = Cases.registrant(signedIn(TOMAS));
        assertThat(authors(application)).isNotEmpty().allSatisfy(author -> {
            assertThat(author.role()).isEqualTo(Author.Role.DELEGATE);
            assertThat(author.actor()).isEqualTo(tomas.value());
            assertThat(author.onBehalfOf()).isEqualTo(nguyen.value());
            assertThat(author.name()).isNull();
            assertThat(author.channel()).isEqualTo(Author.Channel.WEB);
            assertThat(author.evidence()).isNotNull();
        });

        hers.navigate("/applications/" + application);
        assertThat(hers.locator("main")).containsText("Somebody who acts for you did this.");
        hers.navigate("/me");
        assertThat(hers.locator("main")).containsText("My cousin <Tom>, for you");
        hers.navigate("/me/delegates");
        assertThat(hers.locator("main")).containsText("May act");
        hers.locator("form[action$='/revoke'] button").first().click();
        assertThat(hers.locator("main")).containsText("Taken back on");

        his.navigate("/applications/" + application);
        assertThat(his.url()).isEqualTo(url("/acting?outcome=over"));
        assertThat(his.locator("main")).containsText("You can no longer act for this person");
        assertThat(his.locator(".portal-helping")).hasCount(0);
        assertThat(his.navigate("/applications/" + application).status()).isEqualTo(404);
        Author author = new Author(
                tomas.value(), null, Author.Role.DELEGATE, nguyen.value(), Author.Channel.WEB, null, "delegate-story");
        assertThatThrownBy(() -> bean(Portal.class).send(new WithdrawApplication(id, nguyen, Personal.of("")), author))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo(RefusalCode.NOT_DELEGATED));
    }

    @Test
    void a_right_reaches_only_as_far_as_it_was_given() {
        Visitor hers = signedIn(HANA);
        String other = begun(hers, ANOTHER);
        Visitor his = signedIn(TOMAS);
        accept(his, grant(hers, PROGRAM, "APPLY"));
        begin(his);
        assertThat(his.get("/applications").body()).doesNotContain(other);
        assertThat(his.get("/").body()).doesNotContain(other);
        assertThat(his.get("/applications/" + other + "/tasks").status()).isEqualTo(404);
        his.get("/programs/" + ANOTHER);
        assertThat(his.post("/programs/" + ANOTHER + "/applications", Map.of("ordinal", "2"))
                        .body())
                .contains("You have no right to do this for them");
        for (String address : List.of("/me", "/me/erase", "/me/delegates", "/me/download")) {
            assertThat(his.get(address).status()).as(address).isEqualTo(403);
        }
        assertThat(his.post("/acting/stop", Map.of()).body()).contains("You have stopped acting");
        assertThat(his.get("/me").status()).isEqualTo(200);
        assertThat(his.get("/me").body()).contains("Tomas Nobody").doesNotContain("Hana");
    }

    @Test
    void who_may_only_see_changes_nothing() {
        Visitor hers = signedIn(HANA);
        String draft = begun(hers, ANOTHER);
        Visitor his = signedIn(TOMAS);
        accept(his, grant(hers, "*", "SEE"));
        begin(his);
        assertThat(his.get("/applications").body()).contains(draft);
        his.get("/applications/" + draft + "/tasks");
        Visitor.Answer answer = his.post(
                "/applications/" + draft + "/pages/need", Map.of("answer.need", "A horse", "exit", "continue"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(hers.get("/applications/" + draft + "/pages/need").body()).doesNotContain("A horse");
    }

    @Test
    void a_code_works_once_and_strangers_cannot_begin() {
        Visitor hers = signedIn(HANA);
        String code = grant(hers, PROGRAM, "APPLY");
        Visitor.Answer own = accept(hers, code);
        assertThat(own.status()).isEqualTo(422);
        Visitor his = signedIn(TOMAS);
        assertThat(accept(his, code).status()).isEqualTo(200);
        String delegation = delegation(his);
        Visitor stranger = signedIn(NGUYEN);
        Visitor.Answer second = accept(stranger, code);
        assertThat(second.status()).isEqualTo(404);
        assertThat(second.body()).contains("This code is not known").doesNotContain("Hana");
        assertThat(stranger.post("/acting/begin", Map.of("delegation", delegation))
                        .status())
                .isEqualTo(403);
        assertThat(stranger.get("/applications").body()).doesNotContain("Hana");
        assertThat(stranger.post("/me/delegates/" + delegation + "/revoke", Map.of())
                        .status())
                .isBetween(400, 499);
        assertThat(his.post("/acting/begin", Map.of("delegation", delegation)).path())
                .isEqualTo("/applications");
    }

    @Test
    void nothing_scrolls_sideways_and_axe_finds_nothing_in_both_directions() {
        Visitor hers = signedIn(ZOE);
        Page his = browser(new Browser.NewContextOptions());
        his.navigate("/sign-in");
        signIn(his, TOMAS);
        Page her = browser(new Browser.NewContextOptions());
        her.navigate("/sign-in");
        signIn(her, ZOE);
        for (String language : List.of("en", "ar")) {
            her.navigate("/me/delegates/new?lang=" + language);
            her.locator("main form button[type=submit]").click();
            look(her, "delegates-new-" + language);
            her.locator("#name").fill("Tom");
            her.locator("#permission-APPLY").check();
            her.locator("#every-program").check();
            her.locator("main form button[type=submit]").click();
            look(her, "delegates-code-" + language);
            String code = her.locator(".portal-code").innerText();
            his.navigate("/acting?lang=" + language);
            his.locator("#code").fill("nothing");
            his.locator("form[action='/acting/accept'] button").click();
            look(his, "acting-wrong-" + language);
            his.locator("#code").fill(code);
            his.locator("form[action='/acting/accept'] button").click();
            look(his, "acting-" + language);
            his.locator("form[action='/acting/begin'] button").last().click();
            look(his, "acting-applications-" + language);
            his.locator(".portal-helping__stop").click();
        }
        assertThat(hers.get("/me/delegates").body()).contains("Tom");
    }

    private static String grant(Visitor who, String program, String permission) {
        who.get("/me/delegates/new");
        Matcher code = CODE.matcher(who.post(
                        "/me/delegates",
                        Map.of("name", "Tom", "program", program, "permission", permission, "months", "1"))
                .body());
        assertThat(code.find()).isTrue();
        return code.group(1);
    }

    private static Visitor.Answer accept(Visitor who, String code) {
        who.get("/acting");
        return who.post("/acting/accept", Map.of("code", code));
    }

    private static void begin(Visitor who) {
        who.post("/acting/begin", Map.of("delegation", delegation(who)));
    }

    /** The right that was accepted last. */
    private static String delegation(Visitor who) {
        return DELEGATION
                .matcher(who.get("/acting").body())
                .results()
                .map(found -> found.group(1))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static String begun(Visitor who, String program) {
        who.get("/programs/" + program);
        return who.post("/programs/" + program + "/applications", Map.of("ordinal", "1"))
                .at()
                .getPath()
                .replaceAll(".*/applications/([^/]+).*", "$1");
    }

    private static String applied(Page page, String program) {
        page.navigate("/programs/" + program);
        page.locator("main form button").first().click();
        page.waitForURL("**/applications/**");
        String application = page.url().replaceAll(".*/applications/([^/?]+).*", "$1");
        page.navigate("/applications/" + application + "/pages/need");
        page.locator("[name='answer.need']").fill("A plough");
        page.locator("main button[value=continue]").click();
        return application;
    }

    private static List<Author> authors(String stream) {
        return bean(EventStore.class)
                .readEvents(stream)
                .asStream()
                .map(DomainEventMessage::getMetaData)
                .map(Author::from)
                .toList();
    }
}
