package org.selfservice.command.enrolment;

import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.selfservice.command.Courier;
import org.selfservice.command.Streams;
import org.selfservice.command.program.Offer;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.DecisionCorrected;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.identity.Pseudonyms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Enrols whoever is approved, at once or by a correction, where the program says so. A no is final: the person is in the
 * program already, say, or the approval was corrected meanwhile. Anything else that fails is tried again with the same event.
 */
@Component
@ProcessingGroup("auto-enrolment")
@DisallowReplay
class AutoEnrolment {
    private static final Logger LOG = LoggerFactory.getLogger(AutoEnrolment.class);

    private final Pseudonyms pseudonyms;
    private final Courier courier;
    private final Streams streams;

    AutoEnrolment(Pseudonyms pseudonyms, Courier courier, Streams streams) {
        this.pseudonyms = pseudonyms;
        this.courier = courier;
        this.streams = streams;
    }

    /** An approval from before the setting enrols nobody, and none enrols a person again who left since. */
    @EventHandler
    void on(ApplicationApproved approved, @Timestamp Instant at, @MessageIdentifier String event) {
        enrol(approved, at, event);
    }

    @EventHandler
    void on(DecisionCorrected corrected, @Timestamp Instant at, @MessageIdentifier String event) {
        if (corrected.approved()) {
            enrol(corrected, at, event);
        }
    }

    private void enrol(ApplicationEvent approved, Instant at, String event) {
        Instant since = Offer.of(streams, approved.program()).facts().enrolsSince();
        if (since == null || at.isBefore(since)) {
            return;
        }
        EnrolmentId enrolment = pseudonyms.enrolment(approved.registrant(), approved.program());
        if (Membership.of(streams, enrolment).cameFrom(approved.application())) {
            return;
        }
        try {
            courier.send(
                    new EnrolRegistrant(enrolment, approved.registrant(), approved.program(), approved.application()),
                    event);
        } catch (Refused no) {
            LOG.info("{} enrols nobody: {}", approved.application(), no.code());
        }
    }
}
