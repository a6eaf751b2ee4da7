package org.selfservice.command;

import static org.awaitility.Awaitility.await;
import static org.selfservice.command.Samples.FORM;
import static org.selfservice.command.Samples.LOGIN;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.form;
import static org.selfservice.command.Samples.person;
import static org.selfservice.command.Samples.profile;
import static org.selfservice.kernel.LocalizedText.en;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.Refused.Refusal;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
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
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The command side in a process of its own, with the real store. */
public final class CommandSideUnderTest implements AutoCloseable {
    @Configuration
    @EnableAutoConfiguration
    static class Process {}

    private final ConfigurableApplicationContext context;

    public CommandSideUnderTest(Path home, String... settings) {
        context = new SpringApplicationBuilder(Process.class)
                .web(WebApplicationType.NONE)
                .properties("portal.home=" + home)
                .run(settings);
    }

    public <T> T get(Class<T> bean) {
        return context.getBean(bean);
    }

    public <T> T get(String name, Class<T> bean) {
        return context.getBean(name, bean);
    }

    public Position send(Command command) {
        return send(command, Author.portal("test"));
    }

    /** @throws Refused as the web would see it */
    public Position send(Command command, Author author) {
        try {
            return get(CommandGateway.class)
                    .<Position>send(new GenericCommandMessage<>(command, Map.copyOf(author.toMetaData())))
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof CommandExecutionException no
                    && no.getDetails().orElse(null) instanceof Refusal refusal) {
                throw new Refused(refusal);
            }
            throw failed;
        }
    }

    public void openMedical() {
        send(new CreateForm(FORM, en("Medical")));
        send(new ReviseFormDraft(FORM, form()));
        send(new PublishFormVersion(FORM));
        send(new CreateProgram(MEDICAL, profile()));
        send(new MapForm(MEDICAL, FORM, 1, OpenDrafts.KEEP_VERSION));
        send(new SetApplicationPolicy(MEDICAL, ApplicationPolicy.oneOpen()));
        send(new RequireDocuments(MEDICAL, List.of(new DocumentRequirement("bill", en("The bill"), true))));
        send(new OpenProgram(MEDICAL));
    }

    public RegistrantId register(String subject) {
        RegisterRegistrant command = registration(subject, 1);
        send(command);
        return command.registrant();
    }

    public RegisterRegistrant registration(String subject, int generation) {
        return new RegisterRegistrant(
                get(Pseudonyms.class).registrant(LOGIN.issuer(), subject, generation),
                generation,
                Personal.of(new Login(LOGIN.issuer(), subject)),
                "national",
                IdType.FOUNDATIONAL,
                Personal.of("Somebody"));
    }

    public ApplicationId apply(RegistrantId registrant, int ordinal) {
        ApplicationId application = application(registrant, ordinal);
        send(new ApplyForProgram(application, registrant, MEDICAL, ordinal, "en"), person(registrant));
        return application;
    }

    public ApplicationId application(RegistrantId registrant, int ordinal) {
        return get(Pseudonyms.class).application(registrant, MEDICAL, ordinal);
    }

    /** Without snapshots. */
    public List<? extends DomainEventMessage<?>> events(String stream) {
        return get(EventStore.class).readEvents(stream, 0).asStream().toList();
    }

    public Object last(String stream) {
        return events(stream).getLast().getPayload();
    }

    /** Until every process has handled all that happened. */
    public void awaitProcesses() {
        EventStore events = get(EventStore.class);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Processes.NAMES.stream()
                        .allMatch(name -> get(EventProcessingConfiguration.class)
                                .eventProcessor(name, StreamingEventProcessor.class)
                                .orElseThrow()
                                .processingStatus()
                                .values()
                                .stream()
                                .anyMatch(status -> status.getTrackingToken() != null
                                        && status.getTrackingToken().covers(events.createHeadToken()))));
    }

    @Override
    public void close() {
        context.close();
    }
}
