package org.selfservice.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.selfservice.command.Samples.FORM;
import static org.selfservice.command.Samples.LOGIN;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.form;
import static org.selfservice.command.Samples.person;
import static org.selfservice.command.Samples.profile;
import static org.selfservice.command.Samples.right;
import static org.selfservice.kernel.LocalizedText.en;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.RequireDocuments;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;

class CommandSideIT {
    @TempDir
    static Path home;

    static CommandSideUnderTest side;

    @BeforeAll
    static void start() {
        side = new CommandSideUnderTest(home);
        side.send(new CreateForm(FORM, en("Medical")));
        side.send(new ReviseFormDraft(FORM, form()));
        side.send(new PublishFormVersion(FORM));
        side.send(new CreateProgram(MEDICAL, profile()));
        side.send(new MapForm(MEDICAL, FORM, 1, OpenDrafts.KEEP_VERSION));
        side.send(new SetApplicationPolicy(MEDICAL, ApplicationPolicy.oneOpen()));
        side.send(new RequireDocuments(MEDICAL, List.of(new DocumentRequirement("bill", en("The bill"), true))));
        side.send(new OpenProgram(MEDICAL));
    }

    @AfterAll
    static void stop() {
        side.close();
    }

    @Test
    void aDraftIsBegunAndSaved() {
        RegistrantId lena = register("lena");
        ApplicationId application = application(lena, 1);

        Position begun = side.send(new ApplyForProgram(application, lena, MEDICAL, 1, "en"), person(lena));
        Position saved = side.send(
                new SaveAnswers(application, lena, begun.sequence(), Personal.of(right()), Map.of()), person(lena));

        assertThat(begun).isEqualTo(new Position(application.value(), 0));
        assertThat(saved).isEqualTo(new Position(application.value(), 1));
        assertThat(side.get(EventStore.class)
                        .readEvents(application.value())
                        .next()
                        .getMetaData())
                .containsEntry("actor", lena.value())
                .containsEntry("channel", "WEB");
    }

    @Test
    void aCommandWithoutAnAuthorIsRefused() {
        assertThatThrownBy(() -> side.get(org.axonframework.commandhandling.gateway.CommandGateway.class)
                        .sendAndWait(new OpenProgram(MEDICAL)))
                .extracting(failed -> ((org.axonframework.commandhandling.CommandExecutionException) failed)
                        .getDetails()
                        .orElseThrow())
                .isEqualTo(new Refused.Refusal(RefusalCode.NOT_ALLOWED, Map.of()));
    }

    static RegistrantId register(String subject) {
        RegistrantId registrant = side.get(Pseudonyms.class).registrant(LOGIN.issuer(), subject, 1);
        side.send(
                new RegisterRegistrant(
                        registrant,
                        1,
                        Personal.of(new Login(LOGIN.issuer(), subject)),
                        "national",
                        IdType.FOUNDATIONAL,
                        Personal.of("Somebody")),
                Author.portal("test"));
        return registrant;
    }

    static ApplicationId application(RegistrantId registrant, int ordinal) {
        return side.get(Pseudonyms.class).application(registrant, MEDICAL, ordinal);
    }
}
