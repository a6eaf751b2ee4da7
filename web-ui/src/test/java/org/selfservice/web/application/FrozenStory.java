package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.Visitor;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.web.document.SampleFiles;

/** What was sent stays as it was, whatever becomes of the program, its form, the person and their next application. */
class FrozenStory extends Applicants {
    private static final String TOMAS = "6000700080";

    @Test
    void nothing_that_happens_later_changes_what_was_sent() throws IOException {
        ProgramCode program = Offer.open("frozen-story", asking("What is your name?"), List.of(), List.of());
        Visitor person = signedIn(TOMAS);
        String base = filledIn(person, "frozen-story", "1200");
        assertThat(person.get(base + "/check").body()).contains("card.png", "KES");
        assertThat(send(person, base).at().getPath()).isEqualTo(base + "/sent");
        ApplicationFile before = file(base);
        String receipt = receipt(person, base);
        SentDocument card = before.submission().documents().getFirst();
        assertThat(receipt)
                .contains("Story program", "What is your name?", "card.png", card.sha256())
                .contains(before.submission().sha256(), before.submissionEvent(), "KES");

        FormCode form = new FormCode("frozen-story");
        Offer.publish(form, asking("What are you called now?"));
        send(new MapForm(program, form, 2, OpenDrafts.MUST_ADOPT));
        Offer.revise(program, Offer.profile("Another name", "USD", null));
        change(person, "name", "Tomas Renamed");
        change(person, "phone_number", "+1 202 555 0133");
        person.post("/applications/" + before.id() + "/pages/you", Map.of("answer.name", "Too late"));
        send(new ApproveApplication(before.id(), Personal.of("")));
        Awaitility.await().until(() -> file(base).decision() != null);
        String next = filledIn(person, "frozen-story", "9999");
        assertThat(send(person, next).at().getPath()).isEqualTo(next + "/sent");

        assertThat(ask(new FindProgram(program)).profile().name().in(java.util.Locale.ENGLISH))
                .isEqualTo("Another name");
        assertThat(receipt(person, next)).contains("Another name", "What are you called now?", "$9,999.00");
        assertThat(file(next).ordinal()).isEqualTo(2);
        assertThat(file(next).submission().formVersion()).isEqualTo(2);
        ApplicationFile after = file(base);
        assertThat(after.submission()).isEqualTo(before.submission());
        assertThat(after.submission().sha256()).isEqualTo(before.submission().sha256());
        assertThat(after.submissionEvent()).isEqualTo(before.submissionEvent());
        assertThat(after.submittedAt()).isEqualTo(before.submittedAt());
        assertThat(after.decideBy()).isEqualTo(before.decideBy());
        assertThat(receipt(person, base)).isEqualTo(receipt);
    }

    @Test
    void what_the_person_says_of_themselves_later_is_not_in_what_was_shared() {
        Offer.open("frozen-shared", asking("Name"), List.of(), List.of());
        Visitor person = signedIn(TOMAS);
        String base = filledIn(person, "frozen-shared", "10");
        send(person, base);
        Map<String, Answer> shared = file(base).submission().shared().or(Map.of());
        assertThat(shared).containsKey(Demographics.NAME);

        change(person, "name", "Somebody Else");

        assertThat(file(base).submission().shared().or(Map.of())).isEqualTo(shared);
    }

    private static FormDefinition asking(String name) {
        return new FormDefinition(List.of(
                        page(
                                "you",
                                Field.of("name", FieldType.TEXT, LocalizedText.en(name))
                                        .prefilledFrom(Demographics.NAME),
                                Field.of("income", FieldType.MONEY, LocalizedText.en("Income"))),
                        page("evidence", Field.of("id_card", FieldType.FILE, LocalizedText.en("ID card")))))
                .in("KE");
    }

    private static String filledIn(Visitor person, String program, String income) {
        Visitor.Answer details = begin(person, program);
        String base = base(details);
        if (details.at().getPath().endsWith("/details")) {
            submit(person, details, base + "/details", Map.of("exit", "continue"));
        }
        save(person, base, "you", Map.of("answer.name", "Tomas O'Example", "answer.income", income));
        person.get(base + "/documents/id_card");
        person.postFiles(base + "/documents/id_card", Map.of("card.png", SampleFiles.png()));
        return base;
    }

    private static void change(Visitor person, String attribute, String value) {
        String page = "/me/change/" + attribute;
        assertThat(person.submit(person.get(page), page, Map.of("answer." + attribute, value))
                        .at()
                        .getPath())
                .isEqualTo("/me");
    }
}
