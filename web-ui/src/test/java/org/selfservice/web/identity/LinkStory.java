package org.selfservice.web.identity;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Post;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantCommand.RecordClaims;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Identity;

/** Several IDs of one person. */
class LinkStory extends PortalUnderTest {
    private static final String MAU = "7000800090";
    private static final String MAU_AS_FARMER = "FR-10003";
    private static final String NGOZI_AS_FARMER = "FR-10004";
    private static final String KOFI_AS_FARMER = "FR-10002";
    private static final String AMINA_AS_FARMER = "FR-10001";
    private static final String TOMAS = "6000700080";

    @Test
    void a_person_adds_an_id_and_either_leads_to_them_until_it_is_removed() {
        Visitor person = signedIn(MAU);
        RegistrantId registrant = Cases.registrant(person);
        person.get("/me");
        person.post("/me/contact", Map.of("via", "EMAIL", "language", "fr"));
        assertThat(person.get("/me/ids").body()).contains("This is your only ID here", "Add Farmer ID");
        Answer confirm = prove(person, "farmer", MAU_AS_FARMER);
        assertThat(confirm.at().getPath()).isEqualTo("/me/ids/confirm");
        assertThat(confirm.body()).contains("To be added: Farmer ID", MAU_AS_FARMER, "National ID");
        // nothing was linked yet
        assertThat(dossier(registrant).identities()).hasSize(1);

        Answer linked = person.post("/me/ids/confirm", Map.of("decision", "link"));
        assertThat(linked.at().getPath()).isEqualTo("/me/ids");
        assertThat(linked.body()).contains("Added: Farmer ID");
        assertThat(dossier(registrant).identities())
                .extracting(Identity::provider)
                .containsExactly("national", "farmer");
        assertThat(dossier(registrant).consents())
                .anyMatch(consent -> consent.textVersion().equals(Sharing.LINKED)
                        && consent.recipient().equals("farmer"));

        Visitor farmer = farmer(MAU_AS_FARMER);
        assertThat(Cases.registrant(farmer)).isEqualTo(registrant);
        assertThat(farmer.get("/me").body()).contains(MAU, MAU_AS_FARMER);
        assertThat(Cases.registrant(signedIn(MAU))).isEqualTo(registrant);

        told("Vous pouvez désormais vous connecter avec une autre identité");

        // the one in use stays; from the other one it goes
        String first = link(registrant, "national");
        String second = link(registrant, "farmer");
        person.get("/me/ids");
        Answer inUse = person.post("/me/ids/" + first + "/remove", Map.of());
        assertThat(inUse.status()).isEqualTo(409);
        assertThat(inUse.body()).contains("You are signed in with this ID");
        assertThat(person.get("/me/ids/" + second + "/remove").body()).contains("begins anew");
        Answer removed = person.post("/me/ids/" + second + "/remove", Map.of());
        assertThat(removed.body()).contains("Removed: Farmer ID");
        told("Une identité ne mène plus à vous");
        person.post("/me/contact", Map.of("via", "NONE", "language", "en"));
        // whoever was signed in with it is signed out
        assertThat(farmer.get("/me").at().getPath()).isEqualTo("/sign-in/timeout");
        // and whoever signs in with it begins anew
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(Cases.registrant(farmer(MAU_AS_FARMER))).isNotEqualTo(registrant));
    }

    private static void told(String subject) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Post.to("mau@people.example")).anySatisfy(mail -> {
                    assertThat(mail.getSubject()).isEqualTo(subject);
                    assertThat(Post.text(mail))
                            .contains("https://portal.example/me/ids")
                            .doesNotContain(MAU, MAU_AS_FARMER);
                }));
    }

    @Test
    void the_last_id_stays() {
        Visitor person = signedIn(TOMAS);
        person.get("/me/ids");
        Answer no = person.post("/me/ids/first/remove", Map.of());
        assertThat(no.status()).isEqualTo(409);
        assertThat(no.body()).contains("This is your only ID here. Without it you could not sign in any more.");
        assertThat(person.get("/me/ids/nothing/remove").status()).isEqualTo(404);
    }

    @Test
    void who_says_no_links_nothing() {
        Visitor person = signedIn(TOMAS);
        prove(person, "farmer", AMINA_AS_FARMER);
        Answer after = person.post("/me/ids/confirm", Map.of("decision", "refuse"));
        assertThat(after.at().getPath()).isEqualTo("/me/ids");
        assertThat(dossier(Cases.registrant(person)).identities()).hasSize(1);
        // and there is nothing left to confirm
        person.post("/me/ids/confirm", Map.of("decision", "link"));
        assertThat(dossier(Cases.registrant(person)).identities()).hasSize(1);
    }

    @Test
    void who_shares_nothing_there_links_nothing() {
        Visitor person = signedIn(TOMAS);
        person.get("/me/ids/add/farmer");
        Answer consent = identify(person, person.post("/me/ids/add/farmer", Map.of()), AMINA_AS_FARMER);
        Answer after = person.submit(consent, "/consent", Map.of("decision", "refuse"));
        assertThat(after.path()).isEqualTo("/me/ids?outcome=declined");
        assertThat(after.body()).contains("Nothing was linked, because you said no there");
        assertThat(Cases.registrant(person)).isEqualTo(Cases.registrant(signedIn(TOMAS)));
    }

    @Test
    void an_id_of_somebody_who_is_registered_is_refused_and_staff_see_it() {
        RegistrantId holder = Cases.registrant(farmer(KOFI_AS_FARMER));
        Visitor person = signedIn(KOFI);
        RegistrantId registrant = Cases.registrant(person);
        prove(person, "farmer", KOFI_AS_FARMER);
        Answer taken = person.post("/me/ids/confirm", Map.of("decision", "link"));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.body())
                .contains("This ID is used here already: Farmer ID", "Nothing was linked or changed", "ask the office");
        assertThat(dossier(registrant).identities()).hasSize(1);
        assertThat(Cases.registrant(farmer(KOFI_AS_FARMER))).isEqualTo(holder);

        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                staff("officer").get("/staff/duplicates/ids").body())
                        .contains("Farmer ID", "Kofi Placeholder"));
        assertThat(staff("reviewer-cash").get("/staff/duplicates/ids").body())
                .contains("There are no such registrations")
                .doesNotContain("Kofi");
    }

    @Test
    void of_two_people_who_link_the_same_id_at_once_one_gets_it() throws Exception {
        List<Visitor> people = List.of(signedIn(NGOZI), signedIn(PAT));
        people.forEach(person -> prove(person, "farmer", NGOZI_AS_FARMER));
        List<Integer> answers;
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Callable<Integer>> calls = people.stream()
                    .map(person -> (Callable<Integer>) () -> person.post("/me/ids/confirm", Map.of("decision", "link"))
                            .status())
                    .toList();
            answers = both.invokeAll(calls).stream().map(LinkStory::result).toList();
        }
        assertThat(answers).containsExactlyInAnyOrder(200, 409);
        RegistrantId winner = Cases.registrant(people.get(answers.indexOf(200)));
        RegistrantId loser = Cases.registrant(people.get(answers.indexOf(409)));
        assertThat(dossier(winner).identities()).hasSize(2);
        assertThat(dossier(loser).identities()).hasSize(1);
        assertThat(Cases.registrant(farmer(NGOZI_AS_FARMER))).isEqualTo(winner);
    }

    @Test
    void whoever_signed_in_a_while_ago_does_it_again_first() {
        Visitor person = signedIn(TOMAS);
        KeptSession.of(person).age(Duration.ofMinutes(11));
        Answer add = person.get("/me/ids/add/farmer");
        assertThat(add.body()).contains("Sign in once more with", "&amp;fresh");
        assertThat(person.post("/me/ids/add/farmer", Map.of()).at().getPath()).isEqualTo("/me/ids/add/farmer");
        Answer back = signIn(person, person.get("/oauth2/authorization/national?to=/me/ids/add/farmer&fresh"), TOMAS);
        assertThat(back.body()).contains("Sign in with Farmer ID").doesNotContain("Sign in once more with");
    }

    @Test
    void an_id_that_one_has_already_is_not_added() {
        Visitor person = signedIn(TOMAS);
        assertThat(person.get("/me/ids/add/national").at().getPath()).isEqualTo("/me/ids");
        assertThat(person.get("/me/ids/add/staff").at().getPath()).isEqualTo("/me/ids");
        assertThat(person.get("/me/ids/confirm").at().getPath()).isEqualTo("/me/ids");
    }

    @Test
    void the_pages_can_be_read_by_everybody() {
        Page page = phone();
        page.navigate("/sign-in?to=/me/ids");
        signIn(page, LAYLA);
        page.navigate("/me/ids");
        look(page, "ids");
        page.navigate("/me/ids/add/farmer");
        look(page, "id-add");
        page.locator("main form button").click();
        page.locator("#field").fill(AMINA_AS_FARMER);
        page.locator("form[action='/login'] button[type=submit]").click();
        page.waitForURL("**/code**");
        page.locator("#field").fill(identities().codeFor(AMINA_AS_FARMER).orElseThrow());
        page.locator("form[action='/code'] button[type=submit]").click();
        page.locator("button[value=allow]").click();
        page.waitForURL(address() + "/**");
        assertThat(page).hasURL(url("/me/ids/confirm"));
        assertThat(page.locator("main")).containsText("The names are not the same");
        look(page, "id-confirm");
        page.navigate("/me/ids/confirm?lang=ar");
        look(page, "id-confirm-ar");
        page.navigate("/me/ids?lang=ar");
        look(page, "ids-ar");
        page.navigate("/me/ids?lang=en");
    }

    @Test
    void a_number_that_two_registrations_have_is_told_and_links_nothing() {
        Visitor one = signedIn(TOMAS);
        RegistrantId registrant = Cases.registrant(one);
        Visitor another = farmer(AMINA_AS_FARMER);
        RegistrantId other = Cases.registrant(another);
        assertThat(one.get("/me/ids").body()).doesNotContain("Another registration here");
        send(new RecordClaims(
                other,
                "farmer",
                Personal.of(
                        Map.of(Demographics.NATIONAL_ID, org.selfservice.kernel.form.Answer.text("6000 700-080")))));
        Awaitility.await()
                .untilAsserted(() -> assertThat(one.get("/me/ids").body())
                        .contains("Another registration here has the same “National ID number”", "ask the office"));
        Awaitility.await()
                .untilAsserted(() -> assertThat(another.get("/me/ids").body())
                        .contains("Another registration here has the same “National ID number”"));
        assertThat(dossier(registrant).identities()).hasSize(1);
        assertThat(dossier(other).identities()).hasSize(1);
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                staff("officer").get("/staff/duplicates/ids").body())
                        .contains("The same National ID number", "Tomas Nobody"));
    }

    @Test
    void staff_can_read_who_showed_an_id_of_another() {
        Visitor other = farmer(KOFI_AS_FARMER);
        assertThat(other.get("/me").status()).isEqualTo(200);
        Visitor person = signedIn(KOFI);
        prove(person, "farmer", KOFI_AS_FARMER);
        person.post("/me/ids/confirm", Map.of("decision", "link"));
        Page page = desktop();
        staffSignIn(page, "admin");
        for (String language : List.of("en", "ar")) {
            page.navigate("/staff/duplicates/ids?lang=" + language);
            look(page, "taken-" + language);
        }
    }

    @Test
    void a_login_that_brings_another_value_says_what_changed() {
        Visitor before = signedIn(MARIA);
        RegistrantId registrant = Cases.registrant(before);
        send(new RecordClaims(
                registrant,
                "national",
                Personal.of(Map.of(Demographics.BIRTHDATE, org.selfservice.kernel.form.Answer.text("1950-01-02")))));
        Page page = phone();
        page.navigate("/sign-in?to=/me");
        signIn(page, MARIA);
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/sign-in/changed\\?to=.*"));
        assertThat(page.locator("main")).containsText("Date of birth");
        assertThat(page.locator("main")).containsText("2 January 1950");
        look(page, "changed");
        page.locator("main a.govuk-button").click();
        assertThat(page).hasURL(url("/me"));
        // it is told once
        assertThat(signIn(visitor(), MARIA).at().getPath()).isEqualTo("/me");
        assertThat(dossier(registrant).demographics().get(Demographics.BIRTHDATE))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    private static Answer signIn(Visitor visitor, String id) {
        return signIn(visitor, visitor.get("/oauth2/authorization/national?to=/me"), id);
    }

    /** As far as the page that shows both. */
    private static Answer prove(Visitor person, String provider, String id) {
        person.get("/me/ids/add/" + provider);
        Answer consent = identify(person, person.post("/me/ids/add/" + provider, Map.of()), id);
        return consent.at().getPath().equals("/consent")
                ? person.submit(consent, "/consent", Map.of("decision", "allow"))
                : consent;
    }

    private static Visitor farmer(String id) {
        Visitor visitor = visitor();
        Answer consent = identify(visitor, visitor.get("/oauth2/authorization/farmer?to=/me"), id);
        if (consent.at().getPath().equals("/consent")) {
            visitor.submit(consent, "/consent", Map.of("decision", "allow"));
        }
        return visitor;
    }

    private static Dossier dossier(RegistrantId registrant) {
        return ask(new FindDossier(registrant));
    }

    private static String link(RegistrantId registrant, String provider) {
        return dossier(registrant).identities().stream()
                .filter(one -> one.provider().equals(provider))
                .map(Identity::link)
                .collect(Collectors.joining());
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}
