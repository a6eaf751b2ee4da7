package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.PortalUnderTest;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.JoinLogin;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Identity;

/** What many do at once with one login, and what is interrupted in between: by the commands, with the real event store. */
class LinkRaceStory extends PortalUnderTest {
    private static final String ISSUER = "https://race.example";

    @Test
    void of_all_who_want_a_login_at_once_one_gets_it() throws Exception {
        for (int round = 0; round < 5; round++) {
            RegistrantId one = registered();
            RegistrantId another = registered();
            Login login = new Login(ISSUER, UUID.randomUUID().toString());
            List<Command> commands = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                commands.add(join(login, one));
                commands.add(join(login, another));
                commands.add(register(login));
            }
            List<String> outcomes = atOnce(commands);
            // repeated commands of the winner change nothing and are no refusals
            List<String> done = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                if (outcomes.get(i).equals("done")) {
                    done.add(who(commands.get(i)));
                } else {
                    assertThat(outcomes.get(i)).isIn("LOGIN_TAKEN", "LOGIN_LEADS_ELSEWHERE");
                }
            }
            assertThat(done).isNotEmpty();
            assertThat(done.stream().distinct()).as("one of them has it").hasSize(1);
        }
    }

    @Test
    void a_link_that_was_interrupted_is_finished() {
        RegistrantId person = registered();
        Login login = new Login(ISSUER, UUID.randomUUID().toString());
        send(join(login, person));
        Awaitility.await()
                .untilAsserted(() -> assertThat(ask(new FindDossier(person)).identities())
                        .extracting(Identity::login)
                        .contains(stream(login, 1)));
    }

    @Test
    void an_id_of_whoever_was_erased_begins_anew() {
        RegistrantId person = registered();
        Login login = new Login(ISSUER, UUID.randomUUID().toString());
        send(join(login, person));
        send(new EraseRegistrant(person));
        assertThat(outcome(register(login))).isEqualTo(RefusalCode.REGISTRANT_ERASED.name());
        assertThat(outcome(new RegisterRegistrant(
                        stream(login, 2), 2, Personal.of(login), "other", IdType.FUNCTIONAL, Personal.of("Anew"))))
                .isEqualTo("done");
    }

    private static List<String> atOnce(List<Command> commands) throws Exception {
        CyclicBarrier start = new CyclicBarrier(commands.size());
        try (ExecutorService all = Executors.newFixedThreadPool(commands.size())) {
            List<Callable<String>> calls = commands.stream()
                    .map(command -> (Callable<String>) () -> {
                        start.await();
                        return outcome(command);
                    })
                    .toList();
            List<String> outcomes = new ArrayList<>();
            for (var future : all.invokeAll(calls)) {
                outcomes.add(future.get());
            }
            return outcomes;
        }
    }

    private static String outcome(Command command) {
        try {
            send(command);
            return "done";
        } catch (Refused no) {
            return no.code().name();
        }
    }

    private static String who(Command command) {
        return command instanceof JoinLogin join ? join.to().value() : "its own person";
    }

    private static RegistrantId registered() {
        Login login = new Login(ISSUER, UUID.randomUUID().toString());
        send(register(login));
        return stream(login, 1);
    }

    private static RegisterRegistrant register(Login login) {
        return new RegisterRegistrant(
                stream(login, 1), 1, Personal.of(login), "other", IdType.FOUNDATIONAL, Personal.of("Invented"));
    }

    private static JoinLogin join(Login login, RegistrantId to) {
        return new JoinLogin(
                stream(login, 1),
                1,
                Personal.of(login),
                "l-" + to.value().substring(2, 12),
                to,
                "other",
                IdType.FUNCTIONAL);
    }

    private static RegistrantId stream(Login login, int generation) {
        return bean(Pseudonyms.class).registrant(login.issuer(), login.subject(), generation);
    }
}
