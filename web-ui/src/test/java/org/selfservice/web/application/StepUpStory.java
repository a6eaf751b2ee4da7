package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.SetStepUp;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.registrant.Permission;
import org.selfservice.kernel.registrant.RegistrantCommand.AcceptDelegation;
import org.selfservice.kernel.registrant.RegistrantCommand.GrantDelegate;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;

/** What counts more takes a surer or fresher login: one confirms it at the provider, and goes on where one was. */
class StepUpStory extends PortalUnderTest {
    private static final String TOMAS = "6000700080";
    private static final String NGUYEN = "7000800090";
    private static final String HANA = "9200300410";
    private static final String PROGRAM = "step-up-story";
    private static final Pattern DRAFT = Pattern.compile("href=\"/applications/(a-[A-Za-z0-9_-]+)\"");
    private static final String ONE_TIME_CODE = "mosip:idp:acr:generated-code";

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
        ProgramCode program = Offer.open(PROGRAM, form, List.of(), List.of());
        StepUp sure = new StepUp(Assurance.STRONG, 60);
        send(new SetStepUp(program, sure));
        Awaitility.await().until(() -> ask(new FindProgram(program)).stepUp().equals(sure));
    }

    @AfterEach
    void theClockIsRight() {
        GenericEventMessage.clock = Clock.systemUTC();
    }

    @Test
    void sending_takes_a_surer_login_and_everything_of_it_rests_on_that() {
        Visitor hana = signedIn(HANA);
        assertThat(hana.get("/programs/" + PROGRAM).body())
                .contains(
                        "Before you send, you confirm that it is you in a sure way",
                        "You can do that with: National ID");
        String application = applied(hana, "Seeds for the field");
        assertThat(hana.get("/applications/" + application + "/tasks").body())
                .contains("Before you send, you confirm that it is you in a sure way");

        Answer confirm = sendIt(hana, application);
        assertThat(confirm.at().getPath()).isEqualTo("/confirm");
        assertThat(confirm.body())
                .contains("Confirm that it is you", "a surer way of signing in", "What you typed is saved");
        assertThat(state(application)).isEqualTo(ApplicationState.DRAFT);
        assertThat(consents(hana)).doesNotContain(application);
        String before = hana.cookie("portal").orElseThrow().getValue();

        Answer back = prove(hana, hana.submit(confirm, "/confirm", Map.of()), HANA);
        assertThat(back.at().getPath()).isEqualTo("/applications/" + application + "/check");
        assertThat(back.body()).contains("Seeds for the field");
        assertThat(hana.cookie("portal").orElseThrow().getValue()).isNotEqualTo(before);
        assertThat(sendIt(hana, application).at().getPath()).endsWith("/sent");

        Author sent = authors(application).getLast();
        assertThat(sent.evidence()).isNotNull();
        assertThat(sent.evidence().assurance()).isEqualTo(Assurance.STRONG);
        assertThat(sent.evidence().acr()).isEqualTo("mosip:idp:acr:linked-wallet");
        assertThat(sent.evidence().authTime()).isNotNull();
        assertThat(authors(Cases.registrant(hana).value()).getLast().evidence()).isEqualTo(sent.evidence());
        assertThat(authors(application).getFirst().evidence())
                .isNotNull()
                .satisfies(first -> assertThat(first.acr()).isEqualTo(ONE_TIME_CODE))
                .satisfies(first -> assertThat(first.assurance()).isEqualTo(Assurance.BASIC));
    }

    @Test
    void another_person_does_not_come_back_in_their_place() {
        Visitor pat = signedIn(PAT);
        RegistrantId self = Cases.registrant(pat);
        String application = applied(pat, "A well");
        Answer confirm = sendIt(pat, application);
        long eventsOfTomas = authors(Cases.registrant(signedIn(TOMAS)).value()).size();
        Answer refused = prove(pat, pat.submit(confirm, "/confirm", Map.of()), TOMAS);

        assertThat(refused.at().getPath()).isEqualTo("/confirm");
        assertThat(refused.body()).contains("Error:", "Somebody else signed in").doesNotContain("Tomas");
        assertThat(Cases.registrant(pat)).isEqualTo(self);
        assertThat(authors(Cases.registrant(signedIn(TOMAS)).value())).hasSize((int) eventsOfTomas);
        assertThat(sendIt(pat, application).at().getPath()).isEqualTo("/confirm");
        assertThat(state(application)).isEqualTo(ApplicationState.DRAFT);
    }

    @Test
    void who_says_no_there_or_goes_back_loses_nothing() {
        Visitor pat = signedIn(PAT);
        String application = applied(pat, "Half a sentence");
        Answer login = pat.submit(sendIt(pat, application), "/confirm", Map.of());
        Answer declined = pat.submit(login, "/cancel", Map.of());
        assertThat(declined.at().getPath()).isEqualTo("/confirm");
        assertThat(declined.body())
                .contains("You did not confirm it", "href=\"/applications/" + application + "/check\"");
        assertThat(pat.get("/applications/" + application + "/check").body()).contains("Half a sentence");
    }

    @Test
    void a_callback_is_good_once() {
        Visitor pat = signedIn(PAT);
        String application = applied(pat, "A plough");
        Answer back = prove(pat, pat.submit(sendIt(pat, application), "/confirm", Map.of()), PAT);
        String callback = back.by().stream()
                .filter(address -> address.getPath().startsWith("/login/oauth2/code/"))
                .findFirst()
                .orElseThrow()
                .toString();
        assertThat(pat.get(callback).at().getPath()).isEqualTo("/");
        assertThat(pat.get("/applications/" + application + "/check").status()).isEqualTo(200);
        Visitor thief = visitor();
        assertThat(thief.get(callback).at().getAuthority())
                .isEqualTo(identities().issuer().getAuthority());
        assertThat(thief.get("/me").at().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void it_leads_to_no_other_site() {
        Visitor pat = signedIn(PAT);
        Answer page = pat.get("/confirm?to=https://elsewhere.example/");
        assertThat(page.body()).doesNotContain("\"https://elsewhere");
        assertThat(prove(pat, pat.submit(page, "/confirm", Map.of("assurance", "STRONG")), PAT)
                        .at()
                        .getPath())
                .isEqualTo("/");
        assertThat(visitor().get("/confirm").at().getPath()).isEqualTo("/sign-in");
        assertThat(staff("officer").get("/confirm").status()).isEqualTo(403);
    }

    @Test
    void who_has_an_id_that_cannot_do_it_reads_so_before_they_begin() {
        Visitor farmer = visitor();
        signIn(farmer, farmer.get("/oauth2/authorization/farmer?to=/me"), "FR-10002");
        assertThat(farmer.get("/programs/" + PROGRAM).body())
                .contains("The ID with which you signed in cannot do that", "You can do that with: National ID");
        String application = applied(farmer, "A hoe");
        assertThat(farmer.get("/applications/" + application + "/tasks").body())
                .contains("The ID with which you signed in cannot do that");
        Answer confirm = sendIt(farmer, application);
        assertThat(confirm.at().getPath()).isEqualTo("/confirm");
        assertThat(confirm.body())
                .contains("Farmer ID has no surer way of signing in")
                .doesNotContain("Confirm with");
        assertThat(farmer.post("/confirm", Map.of("assurance", "STRONG")).status())
                .isEqualTo(409);
    }

    @Test
    void changing_contact_details_takes_a_recent_login_and_keeps_what_was_typed() {
        Visitor nguyen = signedIn(NGUYEN);
        RegistrantId who = Cases.registrant(nguyen);
        Answer change = nguyen.get("/me/change/phone_number");
        in(Duration.ofHours(13));
        Answer confirm = nguyen.submit(change, "/me/change", Map.of("answer.phone_number", "+1 202 555 0199"));
        assertThat(confirm.at().getPath()).isEqualTo("/confirm");
        assertThat(confirm.body()).contains("This takes a sign-in from the last 720 minutes");
        theClockIsRight();
        Answer back = identify(nguyen, nguyen.submit(confirm, "/confirm", Map.of()), NGUYEN);
        assertThat(back.at().getPath()).isEqualTo("/me/change/phone_number");
        assertThat(back.body()).contains("+1 202 555 0199");
        nguyen.submit(back, "/me/change", Map.of("answer.phone_number", "+1 202 555 0199"));
        assertThat(authors(who.value()).getLast().evidence()).isNotNull();
        assertThat(ask(new FindDossier(who)).demographics().get("phone_number").toString())
                .isNotEmpty();
        assertThat(nguyen.get("/me").body()).contains("+12025550199");

        in(Duration.ofHours(13));
        Answer again = nguyen.post("/me/contact", Map.of("via", "EMAIL", "language", "ar"));
        assertThat(again.at().getPath()).isEqualTo("/confirm");
        theClockIsRight();
        Answer me = identify(nguyen, nguyen.submit(again, "/confirm", Map.of()), NGUYEN);
        assertThat(me.at().getPath()).isEqualTo("/me");
        assertThat(me.body()).containsPattern("<option value=\"ar\"[^>]*selected");
    }

    @Test
    void an_answer_to_a_request_is_saved_before_it_is_confirmed() {
        Visitor zoe = signedIn(ZOE);
        String application = applied(zoe, "A pump");
        prove(zoe, zoe.submit(sendIt(zoe, application), "/confirm", Map.of()), ZOE);
        assertThat(sendIt(zoe, application).at().getPath()).endsWith("/sent");
        Cases.request(new ApplicationId(application), List.of("need"), List.of(), "Which pump?");

        Visitor later = signedIn(ZOE);
        Answer request = later.get("/applications/" + application + "/request");
        Answer confirm = later.submit(
                request, "/applications/" + application + "/request", Map.of("answer.need", "A pump for the well"));
        assertThat(confirm.at().getPath()).isEqualTo("/confirm");
        Answer back = prove(later, later.submit(confirm, "/confirm", Map.of()), ZOE);
        assertThat(back.at().getPath()).isEqualTo("/applications/" + application + "/request");
        assertThat(back.body()).contains("A pump for the well");
        later.submit(back, "/applications/" + application + "/request", Map.of("answer.need", "A pump for the well"));
        Awaitility.await().until(() -> state(application) == ApplicationState.IN_REVIEW);
        assertThat(Objects.requireNonNull(authors(application).getLast().evidence())
                        .assurance())
                .isEqualTo(Assurance.STRONG);
    }

    @Test
    void beside_an_officer_the_person_confirms_and_the_officer_stays_who_they_are() {
        Visitor officer = staff("officer");
        officer.get("/staff/assist");
        signIn(
                officer,
                officer.post("/staff/assist", Map.of("provider", "national", "way", "ONE_TIME_CODE", "language", "en")),
                KOFI);
        String application = applied(officer, "A net");
        Answer confirm = sendIt(officer, application);
        assertThat(confirm.at().getPath()).isEqualTo("/confirm");
        assertThat(confirm.body()).contains("Let the person confirm that it is them", "You stay signed in as yourself");
        Answer another = prove(officer, officer.submit(confirm, "/confirm", Map.of()), TOMAS);
        assertThat(another.at().getPath()).isEqualTo("/confirm");
        assertThat(another.body())
                .contains("Only the person whom you are helping can confirm it", "Kofi")
                .doesNotContain("Tomas");

        Answer back = prove(officer, officer.submit(another, "/confirm", Map.of()), KOFI);
        assertThat(back.at().getPath()).isEqualTo("/applications/" + application + "/check");
        assertThat(officer.get("/staff").status()).isEqualTo(200);
        assertThat(officer.get("/staff/assist").status()).isEqualTo(200);
        assertThat(sendIt(officer, application).at().getPath()).endsWith("/sent");

        Author sent = authors(application).getLast();
        assertThat(sent.actor()).isEqualTo("officer");
        assertThat(sent.channel()).isEqualTo(Author.Channel.ASSISTED);
        assertThat(Objects.requireNonNull(sent.evidence()).assurance()).isEqualTo(Assurance.STRONG);
        assertThat(officer.post("/staff/assist/stop", Map.of()).body())
                .contains("An application was begun", "An application was sent");
    }

    @Test
    void a_delegate_confirms_with_their_own_id() {
        Visitor tomas = signedIn(TOMAS);
        RegistrantId delegate = Cases.registrant(tomas);
        RegistrantId layla = Cases.registrant(signedIn(LAYLA));
        String invitation = "5e".repeat(32);
        Instant until = Instant.now().plus(Duration.ofDays(1));
        Portal sides = bean(Portal.class);
        sides.send(
                new GrantDelegate(
                        layla,
                        "step-up",
                        Personal.of("Tomas"),
                        new ProgramCode(PROGRAM),
                        Permission.APPLY,
                        until,
                        invitation,
                        until),
                self(layla));
        sides.send(new AcceptDelegation(layla, "step-up", delegate, invitation), self(delegate));
        Awaitility.await().until(() -> tomas.get("/acting").body().contains("value=\"step-up\""));
        tomas.post("/acting/begin", Map.of("delegation", "step-up"));
        String application = applied(tomas, "A tent");

        Answer confirm = sendIt(tomas, application);
        assertThat(confirm.at().getPath()).isEqualTo("/confirm");
        assertThat(prove(tomas, tomas.submit(confirm, "/confirm", Map.of()), LAYLA)
                        .body())
                .contains("Somebody else signed in");
        Answer back = prove(tomas, tomas.submit(sendIt(tomas, application), "/confirm", Map.of()), TOMAS);
        assertThat(back.at().getPath()).isEqualTo("/applications/" + application + "/check");
        assertThat(sendIt(tomas, application).at().getPath()).endsWith("/sent");

        Author sent = authors(application).getLast();
        assertThat(sent.role()).isEqualTo(Author.Role.DELEGATE);
        assertThat(sent.actor()).isEqualTo(delegate.value());
        assertThat(sent.onBehalfOf()).isEqualTo(layla.value());
        assertThat(Objects.requireNonNull(sent.evidence()).assurance()).isEqualTo(Assurance.STRONG);
    }

    private static Author self(RegistrantId who) {
        return new Author(who.value(), null, Author.Role.REGISTRANT, null, Author.Channel.WEB, null, "step-up-story");
    }

    @Test
    void an_administrator_sets_it_and_people_read_it() {
        Page page = desktop();
        staffSignIn(page, "admin");
        ProgramCode program = Offer.open("step-up-set");
        page.navigate("/staff/programs/step-up-set");
        page.locator("a[href$='/step-up-set/step-up']").click();
        page.locator("#assurance-STRONG").check();
        page.locator("#withinMinutes").fill("often");
        page.locator("#edit button[type=submit]").click();
        assertThat(page.title()).startsWith("Error:");
        assertThat(page.locator("#withinMinutes").inputValue()).isEqualTo("often");
        look(page, "programs-step-up-en");
        page.locator("#withinMinutes").fill("15");
        page.locator("#edit button[type=submit]").click();
        assertThat(page.locator("main").innerText()).contains("A sure way of signing in", "At most 15 minutes ago");
        assertThat(ask(new FindProgram(program)).stepUp()).isEqualTo(new StepUp(Assurance.STRONG, 15));
        page.navigate("/staff/programs/step-up-set/step-up?lang=ar");
        look(page, "programs-step-up-ar");
    }

    @Test
    void nothing_scrolls_sideways_and_axe_finds_nothing_in_both_directions() {
        Page page = desktop();
        page.navigate("/sign-in");
        signIn(page, MARIA);
        for (String language : List.of("en", "ar")) {
            page.navigate("/programs/" + PROGRAM + "?lang=" + language);
            look(page, "step-up-program-" + language);
            page.navigate("/confirm?assurance=STRONG&to=/applications");
            look(page, "step-up-confirm-" + language);
            page.navigate("/confirm?assurance=BASIC&minutes=15&outcome=another&to=/me");
            look(page, "step-up-another-" + language);
        }
    }

    private static void in(Duration later) {
        GenericEventMessage.clock = Clock.offset(Clock.systemUTC(), later);
    }

    /** Begins a draft, or goes on with the one that is there, and answers its question. */
    private static String applied(Visitor who, String need) {
        Matcher draft = DRAFT.matcher(who.get("/programs/" + PROGRAM).body());
        String application = draft.find()
                ? draft.group(1)
                : who.post("/programs/" + PROGRAM + "/applications", Map.of())
                        .at()
                        .getPath()
                        .replaceAll("/applications/([^/?]+).*", "$1");
        Answer page = who.get("/applications/" + application + "/pages/need");
        who.submit(page, "/applications/" + application, Map.of("answer.need", need, "exit", "continue"));
        return application;
    }

    private static Answer sendIt(Visitor who, String application) {
        Answer check = who.get("/applications/" + application + "/check");
        return who.submit(
                check,
                "/applications/" + application + "/check",
                Map.of("declaration", "2026-11", "confirmation", CheckPage.CONFIRMATION));
    }

    private static ApplicationState state(String application) {
        return ask(new FindApplication(new ApplicationId(application))).state();
    }

    private static List<String> consents(Visitor who) {
        return ask(new FindDossier(Cases.registrant(who))).consents().stream()
                .map(consent -> consent.id())
                .toList();
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
