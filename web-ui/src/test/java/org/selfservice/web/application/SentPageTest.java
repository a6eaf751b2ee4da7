package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.form.FormDefinition;

/** What one sees right after sending, when the query side has not caught up yet. */
class SentPageTest {
    private static final String SENT = ApplyingAlone.BASE + "/sent";

    @Test
    void who_is_faster_than_the_view_reads_that_it_was_sent_and_is_being_recorded() {
        try (ApplyingAlone pages = new ApplyingAlone()) {
            ApplyingAlone.MEMORY.form = new FormDefinition(List.of(SampleForm.STORY)).in("KE");
            ApplyingAlone.MEMORY.behind = true;
            Visitor person = new Visitor(URI.create(pages.address()));

            Answer first = person.post(ApplyingAlone.BASE + "/check", Map.of("declaration", "2026-11"));

            assertThat(first.path()).isEqualTo(SENT);
            assertThat(first.body())
                    .contains("Your application was sent", "It is being recorded.", "href=\"" + SENT + "\"");
            assertThat(person.get(SENT).body()).as("looked at again").contains("It is being recorded.");

            ApplyingAlone.MEMORY.behind = false;
            assertThat(person.get(SENT).body()).contains("CASH-7K4M-2P9X").doesNotContain("It is being recorded.");
        } finally {
            ApplyingAlone.MEMORY.form = SampleForm.FORM;
            ApplyingAlone.MEMORY.reset();
        }
    }

    @Test
    void what_was_never_sent_is_not_said_to_be() {
        try (ApplyingAlone pages = new ApplyingAlone()) {
            assertThat(new Visitor(URI.create(pages.address()))
                            .look(SENT)
                            .header("Location")
                            .orElseThrow())
                    .endsWith(ApplyingAlone.BASE);
        }
    }
}
