package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.web.api.Call.call;
import static org.selfservice.web.api.Call.code;
import static org.selfservice.web.api.Call.field;
import static org.selfservice.web.api.Call.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormQuery.FindForm;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is sent twice with one key is done once. */
class RepeatStory extends PortalUnderTest {
    private static final String DRAFT = "/api/v1/forms/repeat-story/draft";
    private static final String KEY = "Idempotency-Key";
    private static Visitor machine;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void aForm() {
        machine = machine("programs:write");
        send(new CreateForm(new FormCode("repeat-story"), LocalizedText.en("Repeat")));
    }

    @Test
    void the_same_again_is_answered_again_and_not_done_again() {
        Answer first = call(machine, "PUT", DRAFT, draft("first"), KEY, key);
        Answer other = call(machine, "PUT", DRAFT, draft("other"));
        Answer again = call(machine, "PUT", DRAFT, draft("first"), KEY, key);

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(tag(again)).isEqualTo(tag(first));
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(again.header("Idempotency-Replayed")).hasValue("true");
        assertThat(last(other)).isEqualTo(other.json().path("sequence").asLong());
    }

    @Test
    void what_was_created_is_created_once() {
        String form = "{\"code\": \"repeat-%s\", \"title\": {\"en\": \"Repeat\"}}".formatted(key.substring(0, 8));
        Answer first = call(machine, "POST", "/api/v1/forms", form, KEY, key);
        Answer again = call(machine, "POST", "/api/v1/forms", form, KEY, key);

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Location")).isEqualTo(first.header("Location")).isPresent();
        assertThat(call(machine, "POST", "/api/v1/forms", form, KEY, key + "-2").status())
                .isEqualTo(409);
    }

    @Test
    void a_no_is_a_no_also_later() {
        String address = "/api/v1/forms/repeat-" + key.substring(0, 8) + "/versions";
        Answer no = call(machine, "POST", address, "", KEY, key);
        send(new CreateForm(new FormCode("repeat-" + key.substring(0, 8)), LocalizedText.en("Repeat")));
        Answer again = call(machine, "POST", address, "", KEY, key);
        Answer anew = call(machine, "POST", address, "", KEY, key + "-2");

        assertThat(code(no)).isEqualTo("NOT_FOUND");
        assertThat(code(again)).isEqualTo("NOT_FOUND");
        assertThat(again.header("Content-Type")).hasValue("application/problem+json");
        assertThat(code(anew)).isEqualTo("FORM_NOT_VALID");
    }

    @Test
    void a_key_belongs_to_one_request() {
        call(machine, "PUT", DRAFT, draft("mine"), KEY, key);

        for (Answer other : List.of(
                call(machine, "PUT", DRAFT, draft("another"), KEY, key),
                call(machine, "POST", "/api/v1/forms/repeat-story/versions", "", KEY, key),
                call(machine, "PUT", DRAFT, draft("mine"), KEY, key, "If-Match", "\"0\""))) {
            assertThat(other.status()).isEqualTo(422);
            assertThat(code(other)).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        }
    }

    @Test
    void and_to_one_caller() {
        Visitor admin = staff("admin");
        admin.get("/staff");
        admin.with("X-CSRF-TOKEN", admin.csrf());
        call(machine, "PUT", DRAFT, draft("mine"), KEY, key);

        Answer theirs = call(admin, "PUT", DRAFT, draft("theirs"), KEY, key);

        assertThat(theirs.status()).as(theirs.body()).isEqualTo(200);
        assertThat(theirs.header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void of_many_at_once_one_is_done() throws Exception {
        long before = last(call(machine, "PUT", DRAFT, draft("before " + key)));
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            calls.add(() -> call(machine, "PUT", DRAFT, draft("at once " + key), KEY, key));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Answer> answers =
                    threads.invokeAll(calls).stream().map(Future::resultNow).toList();
            assertThat(answers).anyMatch(answer -> answer.status() == 200);
            assertThat(answers)
                    .allMatch(answer -> answer.status() == 200
                                    && answer.json().path("sequence").asLong() == before + 1
                            || answer.status() == 409 && code(answer).equals("REQUEST_STILL_RUNNING"));
        }
        Answer again = call(machine, "PUT", DRAFT, draft("at once " + key), KEY, key);
        assertThat(again.header("Idempotency-Replayed")).isPresent();
        assertThat(last(call(machine, "PUT", DRAFT, draft("after " + key)))).isEqualTo(before + 2);
    }

    @Test
    void a_string_is_the_same_without_its_quotes() {
        call(machine, "PUT", DRAFT, draft("quoted"), KEY, "\"" + key + "\"");

        assertThat(call(machine, "PUT", DRAFT, draft("quoted"), KEY, key).header("Idempotency-Replayed"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"half", "with space", "one, two", "back\\slash"})
    void what_cannot_be_a_key_is_refused(String wrong) {
        Answer answer = call(machine, "PUT", DRAFT, draft("wrong"), KEY, wrong);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("INVALID");
        assertThat(field(answer)).isEqualTo(KEY);
    }

    @Test
    void a_key_has_255_characters_at_most() {
        String long255 = (key + "x".repeat(255)).substring(0, 255);

        assertThat(call(machine, "PUT", DRAFT, draft("long"), KEY, long255).status())
                .isEqualTo(200);
        assertThat(call(machine, "PUT", DRAFT, draft("long"), KEY, long255 + "x")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_mistake_in_the_body_is_told_as_without_a_key() {
        Answer answer = call(machine, "PUT", DRAFT, "{", KEY, key);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("INVALID");
    }

    @Test
    void who_may_not_call_has_no_keys_and_reading_needs_none() {
        assertThat(call(machine("read"), "PUT", DRAFT, draft("not theirs"), KEY, key)
                        .status())
                .isEqualTo(403);
        assertThat(machine("read")
                        .with(KEY, "no key at all")
                        .get("/api/v1/programs")
                        .status())
                .isEqualTo(200);
    }

    /** Where the stream is, as soon as the command that was answered is seen. */
    private static long last(Answer answer) {
        long sequence = answer.json().path("sequence").asLong();
        return Awaitility.await()
                .until(() -> ask(new FindForm(new FormCode("repeat-story"))).sequence(), seen -> seen >= sequence);
    }

    private static String draft(String title) {
        JsonNode pages = JsonMapper.shared()
                .valueToTree(Map.of(
                        "pages",
                        List.of(Map.of(
                                "id",
                                "one",
                                "title",
                                Map.of("en", title),
                                "fields",
                                List.of(Map.of("id", "name", "type", "TEXT", "label", Map.of("en", "Name")))))));
        return pages.toString();
    }
}
