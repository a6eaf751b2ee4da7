package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;

/** Another system decides on many cases with one request. */
class ManyDecisionsStory extends PortalUnderTest {
    private static final String ADDRESS = "/api/v1/cases/decisions";

    private final Visitor machine = machine("cases:write");

    @Test
    void each_case_is_decided_by_itself_and_what_was_refused_says_why() {
        ApplicationId first = Cases.sent(registered("many-first"));
        ApplicationId second = Cases.sent(registered("many-second"));
        String unknown = "a-00000000000000000000";
        String body = "{\"cases\": [\"%s\", \"%s\", \"%s\"], \"approved\": false, \"reason\": \"not-covered\"}"
                .formatted(first, unknown, second);

        Answer answer = machine.send("POST", ADDRESS, body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("rows").findValuesAsString("id"))
                .containsExactly(first.value(), unknown, second.value());
        assertThat(answer.json().at("/rows/0/sequence").isNumber()).isTrue();
        assertThat(answer.json().at("/rows/1/code").asString()).isEqualTo("NOT_FOUND");
        assertThat(answer.json().at("/rows/2/sequence").isNumber()).isTrue();
        assertThat(answer.json().at("/rows/2/code").isString()).isFalse();
        Cases.seen(new org.selfservice.kernel.Position(
                second.value(), answer.json().at("/rows/2/sequence").asLong()));
        assertThat(ask(new FindApplication(second)).state()).isEqualTo(ApplicationState.REJECTED);
    }

    @Test
    void nothing_is_decided_when_the_request_is_not_whole() {
        String some = "a-00000000000000000000";
        for (Map.Entry<String, String> wrong : Map.of(
                        "{\"cases\": [], \"approved\": true}",
                        "cases",
                        "{\"cases\": [\"%1$s\", \"%1$s\"], \"approved\": true}".formatted(some),
                        "cases",
                        "{\"cases\": [\"%s\"], \"approved\": false}".formatted(some),
                        "reason",
                        "{\"cases\": [\"%s\"], \"approved\": true, \"reason\": \"not-covered\"}".formatted(some),
                        "reason")
                .entrySet()) {
            refusedFor(wrong.getValue(), machine.send("POST", ADDRESS, wrong.getKey()));
        }
        refusedFor(
                "If-Match",
                machine.with("If-Match", "\"1\"")
                        .send("POST", ADDRESS, "{\"cases\": [\"%s\"], \"approved\": true}".formatted(some)));
    }

    private static void refusedFor(String field, Answer answer) {
        assertThat(answer.status()).as(field).isEqualTo(400);
        assertThat(answer.json().path("code").asString()).isEqualTo("INVALID");
        assertThat(answer.json().at("/details/field").asString()).isEqualTo(field);
    }

    private static RegistrantId registered(String subject) {
        RegistrantId who = bean(Pseudonyms.class).registrant("https://id.example", subject, 1);
        send(new RegisterRegistrant(
                who,
                1,
                Personal.of(new Login("https://id.example", subject)),
                "national",
                IdType.FOUNDATIONAL,
                Personal.of("Mina Example")));
        return who;
    }
}
