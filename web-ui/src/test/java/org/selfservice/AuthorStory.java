package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.application.ApplicationId;

/** Whatever this run did so far, with what is done here on top: every event says who caused it, and on which evidence. */
class AuthorStory extends PortalUnderTest {

    @Test
    void every_event_says_who_did_it_in_which_role_through_which_door_and_on_which_evidence()
            throws InterruptedException {
        Visitor person = signedIn(PAT);
        String registrant = Cases.registrant(person).value();
        person.get("/programs/medical-assistance");
        person.get("/me");
        person.post("/me/contact", Map.of("via", "EMAIL", "language", "fr"));
        ApplicationId sent = Cases.sent(Cases.registrant(person));
        Visitor reviewer = withToken(staff("reviewer"));
        assertThat(reviewer.send(
                                "POST",
                                "/api/v1/cases/" + sent + "/remarks",
                                "{\"text\": \"Seen.\", \"visible\": false}")
                        .status())
                .isEqualTo(200);
        assertThat(machine("programs:write")
                        .send("POST", "/api/v1/forms", "{\"code\": \"authors\", \"title\": {\"en\": \"Authors\"}}")
                        .status())
                .isEqualTo(201);

        List<Author> authors = authors();

        assertThat(authors).isNotEmpty().allSatisfy(author -> {
            assertThat(author.actor()).isNotBlank();
            assertThat(author.correlation()).isNotBlank();
            assertThat(author.role()).isNotNull();
            assertThat(author.channel()).isNotNull();
        });
        assertThat(authors)
                .filteredOn(author -> author.role() == Author.Role.REGISTRANT)
                // what a story sends by itself came through no door
                .filteredOn(author -> !author.correlation().endsWith("-story"))
                .isNotEmpty()
                .allSatisfy(author -> {
                    assertThat(author.channel()).isEqualTo(Author.Channel.WEB);
                    assertThat(author.name()).isNull();
                    assertThat(author.evidence()).isNotNull();
                    assertThat(author.evidence().issuer())
                            .isEqualTo(identities().issuer().toString());
                    assertThat(author.evidence().acr()).isNotBlank();
                    assertThat(author.evidence().authTime()).isNotNull();
                })
                .anySatisfy(author -> assertThat(author.actor()).isEqualTo(registrant));
        assertThat(authors)
                .filteredOn(author -> author.role() == Author.Role.REVIEWER)
                .isNotEmpty()
                .allSatisfy(author -> assertThat(author.actor()).isEqualTo("reviewer"));
        assertThat(authors)
                .anyMatch(author -> author.role() == Author.Role.MACHINE && author.channel() == Author.Channel.API);
    }

    private static List<Author> authors() throws InterruptedException {
        List<Author> authors = new ArrayList<>();
        try (var events = bean(EventStore.class).openStream(null)) {
            while (events.hasNextAvailable(500, TimeUnit.MILLISECONDS)) {
                authors.add(Author.from(events.nextAvailable().getMetaData()));
            }
        }
        return authors;
    }

    private static Visitor withToken(Visitor visitor) {
        visitor.get("/staff");
        return visitor.with("X-CSRF-TOKEN", visitor.csrf());
    }
}
