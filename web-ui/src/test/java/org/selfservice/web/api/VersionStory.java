package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.web.api.Call.call;
import static org.selfservice.web.api.Call.code;
import static org.selfservice.web.api.Call.field;
import static org.selfservice.web.api.Call.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;

/** What one read is what one changes, or nothing is. */
class VersionStory extends PortalUnderTest {
    private static final String DRAFT_OF_ONE =
            "{\"pages\": [{\"id\": \"one\", \"title\": {\"en\": \"%s\"}, \"fields\": [{\"id\": \"name\", \"type\": \"TEXT\","
                    + " \"label\": {\"en\": \"Name\"}}]}]}";
    private static Visitor machine;

    private final String code = "version-" + UUID.randomUUID().toString().substring(0, 8);
    private final String form = "/api/v1/forms/" + code;

    @BeforeAll
    static void someone() {
        machine = machine("read", "programs:write", "cases:write", "enrolments:write");
    }

    @BeforeEach
    void aFormOfOneEvent() {
        send(new CreateForm(new FormCode(code), LocalizedText.en("Version")));
    }

    @Test
    void what_is_read_and_what_is_answered_says_its_version() {
        assertThat(tag(machine.get(form + "?atLeast=0"))).isEqualTo("\"0\"");
        Answer revised = call(machine, "PUT", form + "/draft", draft("a"), "If-Match", "\"0\"");
        assertThat(revised.status()).as(revised.body()).isEqualTo(200);
        assertThat(tag(revised)).isEqualTo("\"1\"");
        assertThat(tag(machine.get(form + "?atLeast=1"))).isEqualTo("\"1\"");
        Answer program = machine.get("/api/v1/programs/medical-assistance");
        assertThat(tag(program)).isEqualTo("\"" + program.json().path("sequence") + "\"");
        assertThat(machine.get("/api/v1/programs").header("ETag")).isEmpty();
    }

    @Test
    void what_has_moved_on_is_not_changed_and_says_where_it_is() {
        call(machine, "PUT", form + "/draft", draft("a"));
        Answer late = call(machine, "PUT", form + "/draft", draft("b"), "If-Match", "\"0\"");

        assertThat(late.status()).isEqualTo(412);
        assertThat(code(late)).isEqualTo("CHANGED_SINCE_READ");
        assertThat(late.header("Content-Type")).hasValue("application/problem+json");
        assertThat(tag(late)).isEqualTo("\"1\"");
        Answer mended = call(machine, "PUT", form + "/draft", draft("b"), "If-Match", tag(late));
        assertThat(mended.status()).isEqualTo(200);
        assertThat(tag(mended)).isEqualTo("\"2\"");
    }

    @Test
    void also_what_would_change_nothing_is_refused() {
        call(machine, "PUT", form + "/draft", draft("a"));

        assertThat(call(machine, "PUT", form + "/draft", draft("a"), "If-Match", "\"0\"")
                        .status())
                .isEqualTo(412);
        assertThat(call(machine, "PUT", form + "/draft", draft("a"), "If-Match", "\"1\"")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "*", "\"7\", \"0\"", "W/\"7\",\"0\""})
    void the_version_may_be_one_of_several_or_any(String expected) {
        assertThat(call(machine, "PUT", form + "/draft", draft("a"), "If-Match", expected)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "W/\"0\"", "\"\"", "\"00\"", "\"another\"", "\"99999999999999999999\""})
    void another_version_is_refused(String expected) {
        assertThat(code(call(machine, "PUT", form + "/draft", draft("a"), "If-Match", expected)))
                .isEqualTo("CHANGED_SINCE_READ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "", "\"0", "*, \"0\"", "\"0\" \"1\""})
    void what_is_no_version_is_refused(String wrong) {
        Answer answer = call(machine, "PUT", form + "/draft", draft("a"), "If-Match", wrong);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(field(answer)).isEqualTo("If-Match");
    }

    @Test
    void what_is_expected_to_be_there_is_not_created() {
        Answer answer = call(
                machine,
                "POST",
                "/api/v1/forms",
                "{\"code\": \"%s-2\", \"title\": {\"en\": \"Version\"}}".formatted(code),
                "If-Match",
                "*");

        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.header("ETag")).isEmpty();
    }

    @RepeatedTest(3)
    void of_many_at_once_exactly_one_wins() throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String title = "at once " + i;
            calls.add(() -> call(machine, "PUT", form + "/draft", draft(title), "If-Match", "\"0\""));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Answer> answers =
                    threads.invokeAll(calls).stream().map(Future::resultNow).toList();
            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() != 200)
                    .allMatch(answer -> answer.status() == 412 && tag(answer).equals("\"1\""));
        }
    }

    @Test
    void cases_and_enrolments_have_versions_too() {
        RegistrantId who = registered();
        ApplicationId application = Cases.sent(who);
        String file = "/api/v1/cases/" + application;
        String read = tag(machine.get(file));
        String body = "{\"reviewer\": \"reviewer\"}";
        Answer taken = call(machine, "POST", file + "/assignment", body, "If-Match", read);
        assertThat(taken.status()).as(taken.body()).isEqualTo(200);
        assertThat(code(call(machine, "POST", file + "/approval", "{}", "If-Match", read)))
                .isEqualTo("CHANGED_SINCE_READ");
        assertThat(call(machine, "POST", file + "/approval", "{}", "If-Match", tag(taken))
                        .status())
                .isEqualTo(200);

        Answer enrolled = call(
                machine,
                "POST",
                "/api/v1/enrolments",
                "{\"registrant\": \"%s\", \"program\": \"medical-assistance\", \"application\": \"%s\"}"
                        .formatted(who, application));
        assertThat(tag(enrolled)).isEqualTo("\"0\"");
        String enrolment =
                "/api/v1/enrolments/" + enrolled.json().path("stream").asString();
        assertThat(tag(machine.get(enrolment + "?atLeast=0"))).isEqualTo("\"0\"");
        String reason = "{\"reason\": \"Abroad\"}";
        assertThat(call(machine, "POST", enrolment + "/pause", reason, "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(tag(call(machine, "POST", enrolment + "/pause", reason, "If-Match", "\"0\"")))
                .isEqualTo("\"1\"");
    }

    private RegistrantId registered() {
        RegistrantId who = bean(Pseudonyms.class).registrant("https://id.example", code, 1);
        send(new RegisterRegistrant(
                who,
                1,
                Personal.of(new Login("https://id.example", code)),
                "national",
                IdType.FOUNDATIONAL,
                Personal.of("Vera Example")));
        return who;
    }

    private static String draft(String title) {
        return DRAFT_OF_ONE.formatted(title);
    }
}
