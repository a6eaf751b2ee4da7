package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.selfservice.Visitor;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.RequestInformation;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.web.document.SampleFiles;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Knowing an identifier is worth nothing: what is another person's does not exist. */
class StrangerStory extends Applicants {
    private static final FormDefinition FORM =
            new FormDefinition(List.of(SampleForm.STORY, SampleForm.HOUSEHOLD, SampleForm.EVIDENCE)).in("KE");

    /** One thing that a browser can ask for, with the owner's identifiers in it. */
    record Request(String method, String path, List<MediaType> sends, List<MediaType> gets) {
        static Stream<Request> of(RequestMappingInfo mapping) {
            List<MediaType> sends = List.copyOf(mapping.getConsumesCondition().getConsumableMediaTypes());
            List<MediaType> gets = List.copyOf(mapping.getProducesCondition().getProducibleMediaTypes());
            return mapping.getPatternValues().stream()
                    .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                            .map(method -> new Request(method.name(), path, sends, gets)));
        }

        Request at(ApplicationId application, DocumentId document) {
            String filled = path.replace("{application}", application.value())
                    .replace("{row:\\d{1,3}}", "0")
                    .replace("{page}", "household")
                    .replace("{group}", "members")
                    .replace("{field}", "id_card")
                    .replace("{document}", document.value());
            assertThat(filled).as("every part of the address has a value").doesNotContain("{");
            return new Request(method, filled, sends, gets);
        }

        boolean isPersonal() {
            return path.contains("{")
                    && Stream.of("/programs/", "/assets/", "/staff/", "/api/").noneMatch(path::startsWith);
        }

        boolean isOfAnApplication() {
            return path.startsWith("/applications/{application}");
        }

        boolean isLive() {
            return gets.contains(MediaType.TEXT_EVENT_STREAM);
        }

        Visitor.Answer by(Visitor visitor, Map<String, String> fields) {
            visitor.with(
                    "Accept", gets.isEmpty() ? "text/html" : gets.getFirst().toString());
            try {
                if (method.equals("GET")) {
                    return visitor.look(path);
                }
                return sends.contains(MediaType.MULTIPART_FORM_DATA)
                        ? visitor.putFiles(path, Map.of("theirs.png", SampleFiles.png()))
                        : visitor.post(path, fields);
            } finally {
                visitor.with("Accept", "text/html");
            }
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @Test
    void every_page_that_is_about_one_person_is_known_to_this_story() {
        assertThat(requests().filter(Request::isPersonal).filter(one -> !one.isOfAnApplication()))
                .extracting(Request::toString)
                .as("tried in MyInformationStory, DelegateStory, LinkStory or LogoutStory, or about the one who asks")
                .containsExactlyInAnyOrder(
                        "GET /me/consents/{consent}/receipt.pdf",
                        "GET /me/ids/add/{provider}",
                        "POST /me/ids/add/{provider}",
                        "GET /me/ids/{link}/remove",
                        "POST /me/ids/{link}/remove",
                        "POST /logout/connect/back-channel/{provider}",
                        "POST /me/delegates/{delegation}/revoke",
                        "POST /me/consents/{consent}/withdraw",
                        "GET /me/change/{attribute}",
                        "POST /me/change/{attribute}");
        assertThat(requests().filter(Request::isOfAnApplication)).hasSizeGreaterThan(20);
    }

    @Test
    void no_page_shows_and_no_form_changes_another_persons_application() {
        Offer.open("stranger-story", FORM, List.of(), List.of());
        Visitor owner = signedIn(AMINA);
        String base = filledIn(owner, "stranger-story");
        everythingIsRefused(owner, base, List.of("receipt.pdf"));

        send(owner, base);
        send(new RequestInformation(
                file(base).id(),
                List.of("story"),
                List.of("id_card"),
                Personal.of("Please tell us more."),
                Instant.now().plus(3, ChronoUnit.DAYS)));
        org.awaitility.Awaitility.await().until(() -> file(base).request() != null);
        everythingIsRefused(owner, base, List.of());
    }

    private static void everythingIsRefused(Visitor owner, String base, List<String> notYet) {
        ApplicationFile before = file(base);
        DocumentId document = before.documents().getFirst().id();
        Visitor stranger = signedIn(KOFI);
        stranger.get("/me");
        SoftAssertions softly = new SoftAssertions();
        Map<String, String> fields = fields(before.id(), document);
        requests().filter(Request::isOfAnApplication).forEach(mapping -> {
            Request request = mapping.at(before.id(), document);
            if (request.method().equals("GET")
                    && !request.isLive()
                    && notYet.stream().noneMatch(request.path()::endsWith)) {
                softly.assertThat(request.by(owner, fields).status())
                        .as(request + " by its owner")
                        .isLessThan(400);
            }
            Visitor.Answer refused = request.by(stranger, fields);
            softly.assertThat(refused.status()).as(request + " by a stranger").isEqualTo(404);
            softly.assertThat(refused.body()).doesNotContain(before.reference(), "Zainab", "mine.png");
        });
        softly.assertAll();
        assertThat(file(base)).isEqualTo(before);
        assertThat(stranger.get("/applications").body()).doesNotContain(before.reference());
        assertThat(stranger.get("/me/download").body())
                .doesNotContain(before.id().value());
    }

    @Test
    void another_persons_document_cannot_be_reached_through_ones_own_draft() {
        Offer.open("stranger-own", FORM, List.of(), List.of());
        Visitor owner = signedIn(AMINA);
        String theirs = filledIn(owner, "stranger-own");
        ApplicationFile before = file(theirs);
        String document = before.documents().getFirst().id().value();
        Visitor stranger = signedIn(KOFI);
        String own = base(begin(stranger, "stranger-own"));
        String page = own + "/documents/id_card";

        assertThat(stranger.get(page).body()).doesNotContain("mine.png", document);
        assertThat(stranger.look(page + "/" + document).status()).isEqualTo(404);
        for (String from : List.of(before.id().value(), file(own).id().value())) {
            assertThat(stranger.post(page + "/reuse", Map.of("from", from, "document", document))
                            .status())
                    .as("from " + from)
                    .isEqualTo(404);
        }
        assertThat(stranger.post(page + "/remove", Map.of("document", document)).status())
                .isEqualTo(404);

        assertThat(file(own).documents()).isEmpty();
        assertThat(file(theirs)).isEqualTo(before);
        assertThat(owner.look(theirs + "/documents/id_card/" + document).status())
                .isEqualTo(200);
    }

    /** A draft with a row and a document, that may be sent. */
    private static String filledIn(Visitor owner, String program) {
        String base = base(begin(owner, program));
        save(owner, base, "story", Map.of("answer.story", "It rained."));
        String row = base + "/pages/household/members/0";
        submit(
                owner,
                owner.get(row),
                row,
                Map.of(
                        "answer.members[0].name", "Zainab",
                        "answer.members[0].born.day", "1",
                        "answer.members[0].born.month", "2",
                        "answer.members[0].born.year", "2010",
                        "exit", "continue"));
        owner.postFiles(base + "/documents/id_card", Map.of("mine.png", SampleFiles.png()));
        assertThat(file(base).documents()).hasSize(1);
        return base;
    }

    /** All that any of the forms needs. */
    private static Map<String, String> fields(ApplicationId application, DocumentId document) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("basis", "0");
        fields.put("exit", "continue");
        fields.put("declaration", "2026-11");
        fields.put("reason", "Not mine");
        fields.put("why", "NEED_HELP");
        fields.put("from", application.value());
        fields.put("document", document.value());
        return fields;
    }

    private static Stream<Request> requests() {
        return bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(Request::of)
                .sorted(Comparator.comparing(Request::toString));
    }
}
