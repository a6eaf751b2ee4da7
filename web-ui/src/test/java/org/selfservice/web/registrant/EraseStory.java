package org.selfservice.web.registrant;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.document.SampleFiles;

/** A person has everything about themselves erased. */
class EraseStory extends PortalUnderTest {
    private static final String NAME = "Ngozi";

    @Test
    void who_is_erased_is_signed_out_everywhere_and_nobody_can_read_anything_of_them() {
        Visitor phone = signedIn(NGOZI);
        RegistrantId who = Cases.registrant(phone);
        ApplicationId application = Cases.sent(who);
        ApplicationFile before = ask(new FindApplication(application));
        String bills = "/applications/" + application + "/documents/hospital_letter";
        phone.get(bills);
        phone.postFiles(bills, Map.of("letter.png", SampleFiles.png()));
        String document = ask(new FindApplication(application))
                .documents()
                .getFirst()
                .id()
                .value();
        Visitor staff = staff("reviewer").with("Accept", "application/json");
        String file = "/api/v1/cases/" + application;
        assertThat(staff.get(file).body()).contains("Hospital");
        assertThat(staff.get(file + "/documents/" + document).status()).isEqualTo(200);
        Visitor library = signedIn(NGOZI);
        assertThat(library.get("/me").body()).contains(NAME, "href=\"/me/erase\"");
        Keys keys = bean(Keys.class);
        byte[] written = NAME.getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> sealed = Map.of(
                who.value(), keys.encrypt(who.value(), written, "story"),
                application.value(), keys.encrypt(application.value(), written, "story"));
        Answer page = phone.get("/me/erase");
        assertThat(page.body()).contains("What is erased", "cannot be taken back", before.reference());

        Answer notYet = phone.submit(page, "/me/erase", Map.of());
        assertThat(notYet.status()).isEqualTo(422);
        assertThat(notYet.body()).contains("<title>Error:", "href=\"#understood\"");
        assertThat(ask(new FindDossier(who)).erased()).isFalse();

        Answer goodbye = phone.submit(notYet, "/me/erase", Map.of("understood", "yes"));

        assertThat(goodbye.path()).isEqualTo("/help/erased");
        assertThat(goodbye.body()).contains("Your information was erased").doesNotContain(NAME);
        for (Visitor device : new Visitor[] {phone, library}) {
            assertThat(device.get("/me").at().getPath()).startsWith("/sign-in");
        }
        Awaitility.await().until(() -> ask(new FindApplication(application)).erased());
        Awaitility.await()
                .untilAsserted(() -> sealed.forEach((scope, cipher) -> assertThat(keys.decrypt(scope, cipher, "story"))
                        .as("the key is gone, and with it whatever it opened")
                        .isNull()));
        Dossier dossier = ask(new FindDossier(who));
        assertThat(dossier.erased()).isTrue();
        assertThat(dossier.name()).isNull();
        assertThat(dossier.demographics().values())
                .allSatisfy(values -> assertThat(values).allMatch(value -> value.value() == null));
        ApplicationFile erased = ask(new FindApplication(application));
        assertThat(erased.answers()).isEmpty();
        assertThat(erased.submission().answers().isErased()).isTrue();
        assertThat(erased.submission().shared().isErased()).isTrue();
        assertThat(erased.documents()).allMatch(one -> one.name() == null);
        assertThat(staff.get(file).body()).doesNotContain("Hospital", "letter.png", "O'Example");
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                staff.get(file + "/documents/" + document).status())
                        .isBetween(400, 499));
    }

    @Test
    void who_comes_back_begins_anew() {
        Visitor first = signedIn(NGOZI);
        RegistrantId before = Cases.registrant(first);
        ApplicationId application = Cases.sent(before);
        first.submit(first.get("/me/erase"), "/me/erase", Map.of("understood", "yes"));

        Visitor again = signedIn(NGOZI);

        assertThat(Cases.registrant(again)).isNotEqualTo(before);
        assertThat(again.get("/applications/" + application).status()).isEqualTo(404);
        assertThat(again.get("/me/download").json().get("applications")).isEmpty();
        assertThat(again.get("/me").body()).contains(NAME);
    }

    @Test
    void the_pages_are_accessible_at_every_width_and_in_both_directions() {
        Page page = browser(new Browser.NewContextOptions());
        Page afterwards = browser(new Browser.NewContextOptions());
        page.navigate("/sign-in");
        signIn(page, NGOZI);
        for (String language : new String[] {"en", "ar"}) {
            page.navigate("/me/erase?lang=" + language);
            look(page, "erase-" + language);
            afterwards.navigate("/help/erased?lang=" + language);
            look(afterwards, "erased-" + language);
        }
    }
}
