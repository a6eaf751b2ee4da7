package org.selfservice.command.audit;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.EventName;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.audit.History;
import org.selfservice.kernel.audit.History.Line;
import org.selfservice.kernel.audit.Place;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramEvent;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.stereotype.Component;

/** Writes a line about every event: a second time it changes nothing, so that it may begin anew. */
@Component
@ProcessingGroup("history")
class Chronicle {
    private static final String LINES = Chronicle.class.getName();

    private final History history;

    Chronicle(History history) {
        this.history = history;
    }

    @EventHandler
    void on(Event event, DomainEventMessage<?> message, TrackingToken token) {
        UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
        batch.<List<Line>>getOrComputeResource(LINES, _ -> {
                    List<Line> lines = new ArrayList<>();
                    batch.onPrepareCommit(_ -> history.keep(lines));
                    return lines;
                })
                .add(new Line(
                        token.position().orElseThrow(),
                        new Place(message.getAggregateIdentifier(), message.getSequenceNumber()),
                        event.getClass().getAnnotation(EventName.class).value(),
                        message.getTimestamp(),
                        Author.from(message.getMetaData()),
                        registrant(event),
                        program(event)));
    }

    private static @Nullable RegistrantId registrant(Event event) {
        return switch (event) {
            case RegistrantEvent one -> one.registrant();
            case ApplicationEvent one -> one.registrant();
            case EnrolmentEvent one -> one.registrant();
            default -> null;
        };
    }

    private static @Nullable ProgramCode program(Event event) {
        return switch (event) {
            case ApplicationEvent one -> one.program();
            case EnrolmentEvent one -> one.program();
            case ProgramEvent one -> one.program();
            default -> null;
        };
    }
}
