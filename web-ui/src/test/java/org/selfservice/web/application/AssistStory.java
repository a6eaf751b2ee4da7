package org.selfservice.web.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantId;

/** An officer helps one person after the other, in one browser, and stays signed in as themself. */
class AssistStory extends PortalUnderTest {
    private static final String TOMAS = "6000700080";
    private static final String NGUYEN = "7000800090";
    private static final String HANA = "9200300410";
    private static final String OLGA = "9400500620";
    private static final String PROGRAM = "assist-story";

    @BeforeAll
    static void open() {
        Offer.open(
                PROGRAM,
                new FormDefinition(List.of(new org.selfservice.kernel.form.Page(
                        "need",
                        LocalizedText.of("Need", "Besoin", "الحاجة"),
                        LocalizedText.EMPTY,
                        null,
                        List.of(Field.of(
                                "need",
                                FieldType.TEXT,
                                LocalizedText.of("What do you need?", "De quoi avez-vous besoin ?", "ماذا تحتاج؟")))))),
                List.of(),
                List.of());
    }

    @Test
    void an_officer_helps_one_person_and_then_another_and_nothing_of_the_first_is_left() {
        Page page = browser(new Browser.NewContextOptions());
        List<String> kept = new ArrayList<>();
        page.onResponse(response -> keepUnlessForbidden(response, kept));
        staffSignIn(page, "officer");
        page.locator("nav a[href='/staff/assist']").click();

        page.locator("main button").click();
        assertThat(page.title()).startsWith("Error:");
        assertThat(page.locator(".govuk-error-summary")).containsText("Choose the ID");
        bring(page, TOMAS, "fr");

        assertThat(page.locator(".portal-helping")).containsText("You are helping Tomas N.");
        String application = applied(page, "A wheelchair for Tomas");
        String check = "/applications/" + application + "/check";
        page.navigate(check);
        assertThat(page.locator("html")).hasAttribute("lang", "fr");
        assertThat(page.locator("main")).containsText("Relisez cette page à Tomas Nobody");
        page.locator("#declaration").check();
        page.locator("form[action$='/check'] button[type=submit]").click();
        assertThat(page.locator(".govuk-error-summary")).containsText("Relisez les réponses");
        assertThat(ask(new FindApplication(new ApplicationId(application))).state())
                .isEqualTo(ApplicationState.DRAFT);
        page.locator("button[value=ar]").click();
        assertThat(page.locator("html")).hasAttribute("lang", "ar");
        page.locator("#declaration").check();
        page.locator("#confirmation").check();
        page.locator("form[action$='/check'] button[type=submit]").click();
        assertThat(page.locator("h1")).not().isEmpty();
        assertThat(page.url()).endsWith("/sent");
        assertThat(page.locator("html")).hasAttribute("lang", "en");

        page.navigate("/staff/programs");
        assertThat(page.locator(".portal-helping")).containsText("Tomas N.");
        assertThat(page.locator("nav a[href='/staff/assist']")).isVisible();
        page.navigate("/me");
        assertThat(page.locator("main")).containsText("Olga Officer, for you");
        page.locator(".portal-helping__stop").click();

        assertThat(page.url()).isEqualTo(url("/staff/assist/done"));
        assertThat(page.locator("main")).containsText("An application was sent");
        assertThat(page.locator("main")).containsText("STORY-");
        assertThat(page.locator(".portal-helping")).hasCount(0);
        page.goBack();
        assertThat(page.locator("body")).not().containsText("Tomas");
        assertThat(page.navigate("/applications/" + application).status()).isEqualTo(403);
        assertThat(page.navigate("/staff").status()).isEqualTo(200);

        page.navigate("/staff/assist");
        bring(page, NGUYEN, "en");
        assertThat(page.locator(".portal-helping")).not().containsText("Tomas");
        for (String address : List.of("/", "/applications", "/enrolments", "/me", "/programs/" + PROGRAM, "/staff")) {
            page.navigate(address);
            assertThat(page.content()).doesNotContain("Tomas", "wheelchair", application, "Nobody");
        }
        assertThat(page.navigate("/applications/" + application).status()).isEqualTo(404);
        page.navigate("/staff/assist/done");
        assertThat(page.url()).isEqualTo(url("/staff/assist"));
        page.locator(".portal-helping__stop").click();
        assertThat(page.locator("main")).not().containsText("STORY-");
        assertThat(page.navigate("/staff").status()).isEqualTo(200);
        assertThat(kept).isEmpty();
    }

    @Test
    void every_event_says_that_the_officer_acted_for_the_person_on_the_persons_evidence() {
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "officer");
        page.navigate("/staff/assist");
        Instant before = Instant.now();
        bring(page, HANA, "en");
        String application = applied(page, "Seeds");
        page.navigate("/applications/" + application + "/check");
        page.locator("#declaration").check();
        page.locator("#confirmation").check();
        page.locator("form[action$='/check'] button[type=submit]").click();
        ApplicationId id = new ApplicationId(application);
        RegistrantId hana = Objects.requireNonNull(ask(new FindApplication(id)).registrant());

        List<Author> authors = new ArrayList<>(authors(application, before));
        authors.addAll(authors(hana.value(), before));
        assertThat(authors).isNotEmpty().allSatisfy(author -> {
            assertThat(author.actor()).isEqualTo("officer");
            assertThat(author.name()).isEqualTo("Olga Officer");
            assertThat(author.role()).isEqualTo(Author.Role.OFFICER);
            assertThat(author.channel()).isEqualTo(Author.Channel.ASSISTED);
            assertThat(author.onBehalfOf()).isEqualTo(hana.value());
            assertThat(author.evidence()).isNotNull();
            assertThat(author.evidence().acr()).isEqualTo("mosip:idp:acr:generated-code");
            assertThat(author.evidence().authTime()).isNotNull();
            assertThat(author.evidence().issuer())
                    .isEqualTo(identities().issuer().toString());
        });
        assertThat(authors(application, before).getLast().confirmation()).isEqualTo("read-back-1");

        Visitor herself = signedIn(HANA);
        assertThat(Cases.registrant(herself)).isEqualTo(hana);
        assertThat(herself.get("/applications/" + application).body()).contains("Olga Officer did this for you.");
        assertThat(herself.get("/me").body()).contains("Olga Officer, for you", "An application was sent");
    }

    @Test
    void what_only_the_person_may_do_is_refused_and_not_offered() {
        Visitor officer = helping(PAT);
        assertThat(officer.get("/me").status()).isEqualTo(200);
        assertThat(officer.get("/me").body()).doesNotContain("href=\"/me/erase\"", "/withdraw\"", "/me/download");
        for (String address : List.of("/me/erase", "/me/download", "/me/delegates")) {
            assertThat(officer.get(address).status()).as(address).isEqualTo(403);
        }
        assertThat(officer.get("/me/erase").body()).contains("Only the person themself can do this");
        assertThat(officer.post("/me/erase", Map.of("understood", "yes")).status())
                .isEqualTo(403);
        assertThat(officer.get("/staff/programs").status()).isEqualTo(200);
        assertThat(officer.post("/staff/assist/stop", Map.of()).at().getPath()).isEqualTo("/staff/assist/done");
        assertThat(officer.get("/me").status()).isEqualTo(403);
    }

    @Test
    void nobody_helps_themself_or_two_at_once_and_who_says_no_is_not_helped() {
        Visitor officer = staff("officer");
        Visitor.Answer own = signIn(officer, begin(officer), OLGA);
        assertThat(own.at().getPath()).isEqualTo("/staff/assist");
        assertThat(own.body()).contains("Nobody assists themself").doesNotContain("portal-helping");

        Visitor.Answer consent = identify(officer, begin(officer), PAT);
        Visitor.Answer declined = officer.submit(consent, "/consent", Map.of("decision", "deny"));
        assertThat(declined.body())
                .contains("The person did not sign in, or said no")
                .doesNotContain("portal-helping");
        assertThat(officer.get("/me").status()).isEqualTo(403);

        Visitor.Answer first = begin(officer);
        Visitor.Answer second = begin(officer);
        assertThat(signIn(officer, first, PAT).body()).contains("portal-helping");
        assertThat(begin(officer).body()).contains("You are helping somebody already");
        Visitor.Answer late = signIn(officer, second, ZOE);
        assertThat(late.body()).contains("took too long or was used already").doesNotContain("Zoé");
        assertThat(officer.get("/").body()).contains("Pat L.");
    }

    @Test
    void the_officer_chooses_how_the_person_proves_it() {
        Visitor officer = staff("officer");
        assertThat(officer.get("/staff/assist").body())
                .contains(
                        "How does the person prove who they are?",
                        "Fingerprint",
                        "QR code",
                        "A code that they are sent");
        Instant before = Instant.now();
        assertThat(prove(officer, begin(officer, "BIOMETRICS"), PAT).body()).contains("Pat L.");
        officer.post("/me/contact", Map.of("via", "NONE", "language", "fr"));
        officer.post("/me/contact", Map.of("via", "NONE", "language", "en"));
        RegistrantId pat = Cases.registrant(signedIn(PAT));
        assertThat(authors(pat.value(), before))
                .filteredOn(author -> author.channel() == Author.Channel.ASSISTED)
                .isNotEmpty()
                .allSatisfy(author -> {
                    assertThat(Objects.requireNonNull(author.evidence()).acr()).isEqualTo("mosip:idp:acr:biometrics");
                    assertThat(author.evidence().assurance()).isEqualTo(Author.Assurance.STRONG);
                });
        officer.post("/staff/assist/stop", Map.of());

        assertThat(officer.post("/staff/assist", Map.of("provider", "farmer", "way", "QR_CODE", "language", "en"))
                        .body())
                .contains("This ID does not offer that");
    }

    @Test
    void the_officers_own_login_is_untouched_and_a_callback_is_good_once() {
        Visitor officer = staff("officer");
        Visitor.Answer helping = signIn(officer, begin(officer), PAT);
        String callback = helping.by().stream()
                .map(Object::toString)
                .filter(address -> address.contains("/login/oauth2/code/"))
                .findFirst()
                .orElseThrow();
        for (String only : List.of("/staff/programs", "/staff/cases", "/staff/assist")) {
            assertThat(officer.get(only).status()).as(only).isEqualTo(200);
        }
        assertThat(officer.get(callback).body()).contains("took too long or was used already");
        assertThat(officer.get("/").body()).contains("Pat L.");
        officer.post("/staff/assist/stop", Map.of());
        assertThat(officer.get(callback).body())
                .contains("took too long or was used already")
                .doesNotContain("portal-helping");
        assertThat(officer.get("/me").status()).isEqualTo(403);
        assertThat(officer.get("/staff/assist").status()).isEqualTo(200);
    }

    @Test
    void the_persons_consent_says_that_it_was_given_beside_the_officer() {
        Instant before = Instant.now();
        Visitor officer = staff("officer");
        signIn(officer, begin(officer), NGOZI, "given_name", "gender");
        RegistrantId ngozi = Cases.registrant(signedIn(NGOZI));
        List<DomainEventMessage<?>> consents = bean(EventStore.class)
                .readEvents(ngozi.value())
                .asStream()
                .filter(event -> event.getPayload() instanceof RegistrantEvent.ConsentGiven)
                .filter(event -> !event.getTimestamp().isBefore(before))
                .filter(event -> Author.from(event.getMetaData()).channel() == Author.Channel.ASSISTED)
                .collect(Collectors.toList());
        assertThat(consents).hasSize(1).allSatisfy(event -> {
            RegistrantEvent.ConsentGiven given = (RegistrantEvent.ConsentGiven) event.getPayload();
            assertThat(given.textVersion()).isEqualTo("assist-1");
            assertThat(given.purpose()).isEqualTo("sign-in");
            assertThat(Author.from(event.getMetaData()).actor()).isEqualTo("officer");
            assertThat(Author.from(event.getMetaData()).onBehalfOf()).isEqualTo(ngozi.value());
        });
    }

    @Test
    void a_registrants_id_makes_no_staff_session_and_a_staff_account_no_registrants() {
        assertThat(signedIn(OLGA).get("/staff").status()).isEqualTo(403);
        assertThat(staff("officer").get("/me").status()).isEqualTo(403);
        Visitor officer = staff("officer");
        signIn(officer, officer.get("/oauth2/authorization/national"), OLGA);
        assertThat(officer.get("/staff/assist").status()).isEqualTo(403);
        assertThat(officer.get("/me").status()).isEqualTo(200);
    }

    @Test
    void a_page_of_the_person_before_cannot_be_sent_for_the_next() {
        Visitor officer = helping(PAT);
        Visitor.Answer stale = officer.get("/me");
        officer.post("/staff/assist/stop", Map.of());
        signIn(officer, begin(officer), KOFI);
        Visitor.Answer answer = officer.submit(stale, "/me/contact", Map.of("via", "NONE", "language", "ar"));
        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void signing_out_ends_it_and_only_officers_may_begin() {
        Visitor officer = helping(PAT);
        officer.get("/me");
        officer.post("/sign-out", Map.of());
        assertThat(officer.get("/me").at().getPath()).isEqualTo("/sign-in");
        assertThat(staff("reviewer").get("/staff/assist").status()).isEqualTo(403);
        assertThat(signedIn(PAT).get("/staff/assist").status()).isEqualTo(403);
    }

    @Test
    void stopping_saves_what_is_typed() {
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "officer");
        page.navigate("/staff/assist");
        bring(page, MARIA, "en");
        String application = applied(page, "Half a sen");
        page.navigate("/applications/" + application + "/pages/need");
        page.locator("[name='answer.need']").fill("Half a sentence");
        page.locator(".portal-helping__stop").click();
        assertThat(page.url()).isEqualTo(url("/staff/assist/done"));
        assertThat(signedIn(MARIA)
                        .get("/applications/" + application + "/pages/need")
                        .body())
                .contains("Half a sentence");
    }

    @Test
    void nothing_scrolls_sideways_and_axe_finds_nothing_in_both_directions() {
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "officer");
        for (String language : List.of("en", "ar")) {
            page.navigate("/staff/assist?lang=" + language);
            look(page, "assist-" + language);
            page.locator("main button[type=submit]").click();
            look(page, "assist-error-" + language);
            bring(page, LAYLA, language);
            look(page, "assist-catalogue-" + language);
            String application = applied(page, "Water");
            page.navigate("/applications/" + application + "/check");
            page.locator("form[action$='/check'] button[type=submit]").click();
            look(page, "assist-check-" + language);
            page.navigate("/me");
            look(page, "assist-me-" + language);
            page.navigate("/me/erase");
            look(page, "assist-only-in-person-" + language);
            page.navigate("/staff/assist");
            look(page, "assist-open-" + language);
            page.locator(".portal-helping__stop").click();
            look(page, "assist-done-" + language);
        }
    }

    private static void keepUnlessForbidden(Response response, List<String> kept) {
        boolean isPage = response.url().startsWith(address().toString())
                && response.headers().getOrDefault("content-type", "").startsWith("text/html");
        if (isPage && !response.headers().getOrDefault("cache-control", "").contains("no-store")) {
            kept.add(response.url());
        }
    }

    private static void bring(Page page, String nationalId, String language) {
        page.locator("#provider-national").check();
        page.locator("#way-ONE_TIME_CODE").check();
        page.locator("#language-" + language).check();
        page.locator("main button[type=submit]").click();
        page.waitForURL(identities().issuer() + "/**");
        signIn(page, nationalId);
    }

    /** Begins a draft, or goes on with the one that is there, and answers its question. */
    private static String applied(Page page, String need) {
        page.navigate("/programs/" + PROGRAM);
        page.locator("main form button, main a[href*='/applications/']").first().click();
        page.waitForURL("**/applications/**");
        String application = page.url().replaceAll(".*/applications/([^/?]+).*", "$1");
        page.navigate("/applications/" + application + "/pages/need");
        page.locator("[name='answer.need']").fill(need);
        page.locator("main button[value=continue]").click();
        return application;
    }

    private static Visitor helping(String nationalId) {
        Visitor officer = staff("officer");
        signIn(officer, begin(officer), nationalId);
        return officer;
    }

    private static Visitor.Answer begin(Visitor officer) {
        return begin(officer, "ONE_TIME_CODE");
    }

    private static Visitor.Answer begin(Visitor officer, String way) {
        officer.get("/staff/assist");
        return officer.post("/staff/assist", choice(way));
    }

    private static Map<String, String> choice(String way) {
        return Map.of("provider", "national", "way", way, "language", "en");
    }

    private static List<Author> authors(String stream, Instant since) {
        return bean(EventStore.class)
                .readEvents(stream)
                .asStream()
                .filter(event -> !event.getTimestamp().isBefore(since))
                .map(DomainEventMessage::getMetaData)
                .map(Author::from)
                .toList();
    }
}
