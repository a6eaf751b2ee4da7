package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.selfservice.Visitor.Answer;
import org.selfservice.idp.DemoIdentityProvider;

/** Whatever this run did so far, with what is done here on top: none of it left a personal value in the log. */
class LogStory extends PortalUnderTest {
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.|Bearer [A-Za-z0-9._-]+|_csrf");
    /** Shorter values are words that may stand in a log for another reason. */
    private static final int TELLING = 6;

    @Test
    void no_line_of_the_log_tells_anything_about_a_person() throws IOException {
        Visitor visitor = visitor();
        Answer start = visitor.get("/oauth2/authorization/national?to=/me");
        Answer code = visitor.submit(start, "/login", Map.of("individual_id", NGOZI));
        String otp = identities().codeFor(NGOZI).orElseThrow();
        Answer consent = visitor.submit(code, "/code", Map.of("code", otp));
        visitor.submit(consent, "/consent", Map.of("decision", "allow"), "claims", List.of("birthdate", "address"));
        visitor.get("/me");
        visitor.get("/applications");
        visitor.get("/applications/a-Ngozi-Fiction-Example");
        visitor.get("/programs/Ngozi%20Fiction-Example?name=Ngozi");
        visitor.send("POST", "/api/v1/programs", "{\"program\": \"Ngozi Fiction-Example\"");
        machine("programs:write").send("POST", "/api/v1/programs", "{\"Ngozi Fiction-Example\": 9000100020}");
        visitor.post("/sign-out", Map.of());

        List<String> log = Files.readAllLines(LOG);
        assertThat(log).isNotEmpty();
        List<String> values = DemoIdentityProvider.people().stream()
                .flatMap(person -> person.claims().values().stream())
                .flatMap(LogStory::texts)
                .filter(value -> value.length() >= TELLING)
                .toList();
        assertThat(log)
                .noneMatch(line -> values.stream().anyMatch(line::contains))
                .noneMatch(line -> TOKEN.matcher(line).find())
                .noneMatch(line -> line.matches(".*(?<![0-9A-Za-z-])" + otp + "(?![0-9A-Za-z-]).*"));
    }

    private static Stream<String> texts(Object value) {
        return switch (value) {
            case Map<?, ?> parts -> parts.values().stream().flatMap(LogStory::texts);
            case String text -> text.lines().filter(line -> !line.startsWith("data:"));
            default -> Stream.empty();
        };
    }
}
