package org.selfservice.command.enrolment;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Courier;
import org.selfservice.command.Streams;
import org.selfservice.command.Streams.Reading;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.DecisionCorrected;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ExitEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.identity.Pseudonyms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Ends an enrolment that rests on an approval which no longer stands. An approval is not corrected while it enrols somebody, and
 * nobody is enrolled without one; but those are two streams, and what happens to both in one instant is seen by neither. Whichever
 * event comes here last sees both. The person is told what the reviewer wrote to them.
 */
@Component
@ProcessingGroup("auto-enrolment")
@DisallowReplay
class Undoing {
    private static final Logger LOG = LoggerFactory.getLogger(Undoing.class);

    private final Pseudonyms pseudonyms;
    private final Courier courier;
    private final Streams streams;

    Undoing(Pseudonyms pseudonyms, Courier courier, Streams streams) {
        this.pseudonyms = pseudonyms;
        this.courier = courier;
        this.streams = streams;
    }

    /** @param correction the last decision, when it took an approval back */
    private record Standing(@Nullable DecisionCorrected correction) {
        private static final Reading<ApplicationEvent, Standing> READING = new Reading<>(
                ApplicationEvent.class, new Standing(null), (standing, event, _, _) -> standing.after(event));

        private Standing after(ApplicationEvent event) {
            return switch (event) {
                case ApplicationApproved _ -> new Standing(null);
                case DecisionCorrected corrected -> new Standing(corrected.approved() ? null : corrected);
                default -> this;
            };
        }
    }

    @EventHandler
    void on(RegistrantEnrolled enrolled, @MessageIdentifier String event) {
        if (enrolled.application() != null) {
            undo(enrolled.enrolment(), enrolled.application(), event);
        }
    }

    @EventHandler
    void on(DecisionCorrected corrected, @MessageIdentifier String event) {
        undo(pseudonyms.enrolment(corrected.registrant(), corrected.program()), corrected.application(), event);
    }

    private void undo(EnrolmentId enrolment, ApplicationId application, String event) {
        DecisionCorrected correction =
                streams.read(Standing.READING, application.value()).facts().correction();
        Membership membership = Membership.of(streams, enrolment);
        if (correction == null || membership.state() == EnrolmentState.EXITED || !membership.cameFrom(application)) {
            return;
        }
        try {
            courier.send(new ExitEnrolment(enrolment, correction.explanation()), event);
            LOG.warn("{} ended: its approval was corrected as it began", enrolment);
        } catch (Refused no) {
            LOG.error("{} rests on an approval that was corrected, and is not ended: {}", enrolment, no.code());
        }
    }
}
