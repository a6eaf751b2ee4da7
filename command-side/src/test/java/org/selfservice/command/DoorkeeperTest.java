package org.selfservice.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.OMAR;
import static org.selfservice.command.Samples.person;
import static org.selfservice.command.Samples.staff;

import java.util.Map;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.Refused.Refusal;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.RevokeDelegate;
import org.selfservice.kernel.registrant.RegistrantCommand.WithdrawConsent;
import org.selfservice.kernel.registrant.RegistrantId;

class DoorkeeperTest {
    private static final WithdrawApplication LENAS =
            new WithdrawApplication(new World().application(LENA, MEDICAL, 1), LENA, Personal.of(""));
    private static final ApproveApplication STAFFS =
            new ApproveApplication(new World().application(LENA, MEDICAL, 1), Personal.of(""));

    @Test
    void letsAPersonChangeWhatIsTheirs() {
        assertThat(outcome(LENAS, person(LENA))).isEqualTo("done");
        assertThat(outcome(new EraseRegistrant(LENA), person(LENA))).isEqualTo("done");
    }

    @Test
    void doesNotTellAPersonOfWhatIsAnothers() {
        assertThat(outcome(LENAS, person(OMAR))).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(outcome(new EraseRegistrant(LENA), person(OMAR))).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void doesNotLetAPersonDoWhatStaffDo() {
        assertThat(outcome(STAFFS, person(LENA))).isEqualTo(RefusalCode.NOT_ALLOWED);
        assertThat(outcome(new OpenProgram(MEDICAL), person(LENA))).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Author.Role.class,
            names = {"AUDITOR", "ANALYST"})
    void letsWhoOnlyReadsChangeNothing(Author.Role role) {
        assertThat(outcome(STAFFS, staff("ann", role))).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void letsAnOfficerActForTheOneWhomTheyHelpAlone() {
        Author helping =
                new Author("otto", "Otto", Author.Role.OFFICER, LENA.value(), Author.Channel.ASSISTED, null, "test");
        assertThat(outcome(LENAS, helping)).isEqualTo("done");
        assertThat(outcome(new EraseRegistrant(OMAR), helping)).isEqualTo(RefusalCode.NOT_FOUND);
    }

    @Test
    void doesNotLetAnOfficerDoWhatOnlyThePersonMay() {
        Author helping = helping(LENA);
        assertThat(outcome(new EraseRegistrant(LENA), helping)).isEqualTo(RefusalCode.ONLY_IN_PERSON);
        assertThat(outcome(new WithdrawConsent(LENA, "c-1"), helping)).isEqualTo(RefusalCode.ONLY_IN_PERSON);
        assertThat(outcome(new RevokeDelegate(LENA, "d-1"), helping)).isEqualTo(RefusalCode.ONLY_IN_PERSON);
    }

    @Test
    void letsAnOfficerSendWhatThePersonAgreedTo() {
        SubmitApplication sending =
                new SubmitApplication(new World().application(LENA, MEDICAL, 1), LENA, "2026-11", "en");
        assertThat(outcome(sending, helping(LENA))).isEqualTo(RefusalCode.CONFIRMATION_MISSING);
        assertThat(outcome(sending, helping(LENA).confirmed("read-back-1"))).isEqualTo("done");
        assertThat(outcome(sending, person(LENA))).isEqualTo("done");
    }

    @Test
    void letsADelegateApplyForTheirPersonAlone() {
        Author delegate =
                new Author(OMAR.value(), null, Author.Role.DELEGATE, LENA.value(), Author.Channel.WEB, null, "test");
        assertThat(outcome(LENAS, delegate)).isEqualTo("done");
        assertThat(outcome(new EraseRegistrant(LENA), delegate)).isEqualTo(RefusalCode.ONLY_IN_PERSON);
        assertThat(outcome(new EraseRegistrant(OMAR), delegate)).isEqualTo(RefusalCode.NOT_FOUND);
        assertThat(outcome(STAFFS, delegate)).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    private static Author helping(RegistrantId whom) {
        return new Author("otto", "Otto", Author.Role.OFFICER, whom.value(), Author.Channel.ASSISTED, null, "test");
    }

    @Test
    void refusesACommandOfNobody() {
        assertThat(outcome(new GenericCommandMessage<>(LENAS), "done")).isEqualTo(RefusalCode.NOT_ALLOWED);
    }

    @Test
    void sendsARefusalInTheFormThatCrossesABus() {
        Refused no = new Refused(RefusalCode.UNKNOWN_FIELD, Map.of("field", "x"));
        assertThatThrownBy(() -> pass(LENAS, no))
                .isInstanceOfSatisfying(
                        CommandExecutionException.class,
                        failed -> assertThat(failed.getDetails())
                                .contains(new Refusal(RefusalCode.UNKNOWN_FIELD, Map.of("field", "x"))));
    }

    @Test
    void saysNotFoundForAStreamThatDoesNotExist() {
        assertThatThrownBy(() -> pass(LENAS, new AggregateNotFoundException("a", "no such stream")))
                .isInstanceOfSatisfying(
                        CommandExecutionException.class,
                        failed ->
                                assertThat(failed.getDetails()).contains(new Refusal(RefusalCode.NOT_FOUND, Map.of())));
    }

    private static Object outcome(Command command, Author author) {
        return outcome(new GenericCommandMessage<>(command, Map.copyOf(author.toMetaData())), "done");
    }

    private static Object outcome(CommandMessage<?> message, Object result) {
        try {
            return pass(message, result);
        } catch (CommandExecutionException no) {
            return no.getDetails().map(details -> ((Refusal) details).code()).orElseThrow();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Object pass(Command command, Exception failure) throws Exception {
        return pass(new GenericCommandMessage<>(command, Map.copyOf(person(LENA).toMetaData())), failure);
    }

    private static Object pass(CommandMessage<?> message, Object result) throws Exception {
        return new Doorkeeper().handle(new DefaultUnitOfWork<>(message), () -> {
            if (result instanceof Exception failure) {
                throw failure;
            }
            return result;
        });
    }
}
