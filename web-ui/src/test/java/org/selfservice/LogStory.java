package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.selfservice.Visitor.Answer;
import org.selfservice.idp.DemoIdentityProvider;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whatever this run did so far, with what is done here on top: none of it left a personal value in the log. */
class LogStory extends PortalUnderTest {
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.|Bearer [A-Za-z0-9._-]+|_csrf");
    /** Shorter values are words that may stand in a log for another reason. */
    private static final int TELLING = 6;

    private static final String MARK = "Xq7mark";
    private static final String FAILS = "/programs/story-fails";
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

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

    @Test
    void nothing_that_anybody_types_reaches_the_log_by_any_way() throws Exception {
        Visitor person = signedIn(MARIA);
        RegistrantId who = Cases.registrant(person);
        ApplicationId draft = Cases.begun(who);
        String base = "/applications/" + draft;
        person.submit(
                person.get(base + "/pages/patient"),
                base + "/pages/patient",
                Map.of("answer.name", MARK + "-answer", "answer.birthdate.day", MARK, "exit", "continue"));
        person.get(base + "/documents/bills");
        person.postFiles(
                base + "/documents/bills",
                Map.of(MARK + "-kept.pdf", "%PDF-1.4\n%%EOF\n".getBytes(), MARK + "-refused.exe", "MZ\0".getBytes()));
        person.post("/me/change/email", Map.of("value", MARK + "@portal.example"));
        withdraw(person, draft);

        ApplicationId sent = Cases.sent(who);
        Visitor reviewer = withToken(staff("reviewer"));
        String address = "/api/v1/cases/" + sent;
        done(reviewer.send("POST", address + "/assignment", "{\"reviewer\": \"reviewer\"}"));
        done(reviewer.send("POST", address + "/remarks", "{\"text\": \"" + MARK + "-remark\", \"visible\": true}"));
        done(reviewer.send("POST", address + "/information-request", """
                {"fields": ["hospital"], "documents": ["hospital_letter"], "reason": "%s-asked", "deadline": "2099-12-31T12:00:00Z"}""".formatted(MARK)));
        person.get("/applications/" + sent + "/documents/hospital_letter");
        Answer letter = person.postFiles(
                "/applications/" + sent + "/documents/hospital_letter", Map.of(MARK + "-letter.png", PNG));
        assertThat(letter.body()).contains(MARK + "-letter.png is ready.");
        String document = Cases.seen(new Position(sent.value(), 0))
                .documents()
                .getFirst()
                .id()
                .value();
        done(reviewer.send(
                "POST", address + "/documents/" + document + "/rejection", "{\"reason\": \"" + MARK + "-document\"}"));
        done(reviewer.send("POST", address + "/approval", "{\"note\": \"" + MARK + "-note\"}"));
        reviewer.send(
                "POST", address + "/rejection", "{\"reason\": \"" + MARK + "\", \"explanation\": \"" + MARK + "\"}");
        assertThat(reviewer.send("GET", address, "").body())
                .contains(MARK + "-remark", MARK + "-asked", MARK + "-letter.png", MARK + "-document", MARK + "-note");

        assertThat(failing(person).status()).isEqualTo(500);

        List<String> log = Files.readAllLines(LOG);
        assertThat(log).anyMatch(line -> line.contains(FAILS + " failed")).noneMatch(line -> line.contains(MARK));
    }

    private static void withdraw(Visitor person, ApplicationId application) {
        String page = "/applications/" + application + "/withdraw";
        assertThat(person.submit(person.get(page), page, Map.of("reason", MARK + "-withdrawn"))
                        .status())
                .isEqualTo(200);
    }

    /** A page that fails with what was typed in the failure's text. */
    private static Answer failing(Visitor visitor) throws NoSuchMethodException {
        RequestMappingHandlerMapping mapping = bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        RequestMappingInfo address = RequestMappingInfo.paths(FAILS)
                .methods(RequestMethod.GET)
                .options(mapping.getBuilderConfiguration())
                .build();
        mapping.registerMapping(address, new Failing(), Failing.class.getMethod("fail", HttpServletRequest.class));
        try {
            return visitor.get(FAILS + "?text=" + MARK);
        } finally {
            mapping.unregisterMapping(address);
        }
    }

    public static class Failing {
        public String fail(HttpServletRequest request) {
            String text = request.getParameter("text");
            throw new IllegalStateException("cannot use " + text, new NumberFormatException(text));
        }
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.at() + " " + answer.body()).isEqualTo(200);
    }

    private static Visitor withToken(Visitor visitor) {
        visitor.get("/staff");
        return visitor.with("X-CSRF-TOKEN", visitor.csrf());
    }

    private static Stream<String> texts(Object value) {
        return switch (value) {
            case Map<?, ?> parts -> parts.values().stream().flatMap(LogStory::texts);
            case String text -> text.lines().filter(line -> !line.startsWith("data:"));
            default -> Stream.empty();
        };
    }
}
