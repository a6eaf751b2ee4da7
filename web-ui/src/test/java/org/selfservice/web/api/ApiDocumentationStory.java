package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolment;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples of docs/api.md, in their order: each request is answered as the document says. */
class ApiDocumentationStory extends PortalUnderTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "api.md");
    private static final Pattern BLOCK = Pattern.compile("```http\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\$([A-Z]+)");

    private static final Map<String, String> KNOWN = new LinkedHashMap<>();

    /** @param first the line of the request or of the status */
    private record Message(String first, Map<String, String> headers, String body) {
        static Message of(String block) {
            String[] parts = block.split("\n\n", 2);
            List<String> lines = parts[0].lines().toList();
            Map<String, String> headers = new LinkedHashMap<>();
            lines.stream()
                    .skip(1)
                    .forEach(line ->
                            headers.put(line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2)));
            return new Message(lines.getFirst(), headers, parts.length == 1 ? "" : parts[1].strip());
        }

        boolean isAnswer() {
            return first.startsWith("HTTP/1.1 ");
        }
    }

    @BeforeAll
    static void twoPeopleAreEnrolledAndOneWaits() {
        KNOWN.put("ISSUER", identities().issuer().toString());
        KNOWN.put("CASE", Cases.sent(registered("documented")).value());
        for (String name : List.of("documented-1", "documented-2")) {
            RegistrantId who = registered(name);
            EnrolmentId id = bean(Pseudonyms.class).enrolment(who, Cases.MEDICAL);
            send(new EnrolRegistrant(id, who, Cases.MEDICAL, null));
            ask(new FindEnrolment(id));
        }
    }

    @Test
    void every_example_is_answered_as_it_says() throws IOException {
        List<Message> messages = BLOCK.matcher(Files.readString(DOCUMENT))
                .results()
                .map(found -> Message.of(found.group(1)))
                .toList();
        assertThat(messages).hasSizeGreaterThan(20).hasSizeLessThan(100);
        for (int i = 0; i < messages.size(); i += 2) {
            Message request = messages.get(i);
            Message expected = messages.get(i + 1);
            assertThat(request.isAnswer()).as(request.first()).isFalse();
            assertThat(expected.isAnswer()).as(expected.first()).isTrue();
            compare(request.first(), answer(request), expected);
        }
    }

    private static Answer answer(Message message) {
        String[] first = filled(message.first()).split(" ");
        Visitor caller = visitor();
        HttpRequest.Builder request = caller.request(first[1])
                .setHeader("Accept", "application/json")
                .method(
                        first[0],
                        message.body().isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(filled(message.body())));
        message.headers().forEach((name, value) -> request.setHeader(name, filled(value)));
        return caller.exchange(request);
    }

    private static void compare(String request, Answer answer, Message expected) {
        assertThat(answer.status())
                .as(request + " " + answer.body())
                .isEqualTo(Integer.parseInt(expected.first().split(" ")[1]));
        expected.headers()
                .forEach((name, value) ->
                        agree(request + " " + name, answer.header(name).orElse(""), value));
        if (!expected.body().isEmpty()) {
            agree(request, answer.json(), JsonMapper.shared().readTree(expected.body()));
        }
    }

    /** What the document leaves out may be there. */
    private static void agree(String where, JsonNode answer, JsonNode expected) {
        if (expected.isObject()) {
            expected.properties()
                    .forEach(part -> agree(where + " " + part.getKey(), answer.path(part.getKey()), part.getValue()));
        } else if (expected.isArray()) {
            assertThat(answer).as(where).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                agree(where, answer.get(i), expected.get(i));
            }
        } else {
            agree(where, answer.asString(), expected.asString());
        }
    }

    private static void agree(String where, String answer, String expected) {
        Matcher name = NAME.matcher(expected);
        if (name.matches() && !KNOWN.containsKey(name.group(1))) {
            assertThat(answer).as(where).isNotBlank();
            KNOWN.put(name.group(1), answer);
        }
        assertThat(answer).as(where).isEqualTo(filled(expected));
    }

    private static String filled(String text) {
        return NAME.matcher(text).replaceAll(name -> {
            assertThat(KNOWN).containsKey(name.group(1));
            return Matcher.quoteReplacement(KNOWN.get(name.group(1)));
        });
    }

    private static RegistrantId registered(String subject) {
        RegistrantId who = bean(Pseudonyms.class).registrant("https://id.example", subject, 1);
        send(new RegisterRegistrant(
                who,
                1,
                Personal.of(new Login("https://id.example", subject)),
                "national",
                IdType.FOUNDATIONAL,
                Personal.of("Dora Example")));
        return who;
    }
}
