package org.selfservice.command.enrolment;

import java.time.Instant;
import java.util.Locale;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.selfservice.command.Courier;
import org.selfservice.command.Streams;
import org.selfservice.command.application.Case;
import org.selfservice.command.program.Offer;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.DecisionCorrected;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.enrolment.EnrolmentCommand;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ExitEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.identity.Pseudonyms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What decisions do to enrolments. Whoever is approved, at once or by a correction, is enrolled where the program says so. Whoever
 * was enrolled while their approval was corrected leaves again: neither of the two could know of the other, and here they meet.
 * A no is final: the person is in the program already, say. Anything else that fails is tried again with the same event.
 */
@Component
@ProcessingGroup("auto-enrolment")
@DisallowReplay
class AutoEnrolment {
    private static final Logger LOG = LoggerFactory.getLogger(AutoEnrolment.class);

    /** The person reads it. */
    private static final LocalizedText WITHOUT_APPROVAL = LocalizedText.of(
            "The approval of the application was corrected at the same moment",
            "L’acceptation de la demande a été corrigée au même moment",
            "صُحّح قبول الطلب في اللحظة نفسها");

    private final Pseudonyms pseudonyms;
    private final Courier courier;
    private final Streams streams;

    AutoEnrolment(Pseudonyms pseudonyms, Courier courier, Streams streams) {
        this.pseudonyms = pseudonyms;
        this.courier = courier;
        this.streams = streams;
    }

    @EventHandler
    void on(ApplicationApproved approved, @Timestamp Instant at, @MessageIdentifier String event) {
        enrol(approved, at, event);
    }

    @EventHandler
    void on(DecisionCorrected corrected, @Timestamp Instant at, @MessageIdentifier String event) {
        if (corrected.approved()) {
            enrol(corrected, at, event);
        } else {
            endWhatIsWithoutApproval(
                    pseudonyms.enrolment(corrected.registrant(), corrected.program()), corrected.application(), event);
        }
    }

    @EventHandler
    void on(RegistrantEnrolled enrolled, @MessageIdentifier String event) {
        if (enrolled.application() != null) {
            endWhatIsWithoutApproval(enrolled.enrolment(), enrolled.application(), event);
        }
    }

    /** An approval from before the setting enrols nobody, and none enrols a person again who left since. */
    private void enrol(ApplicationEvent approved, Instant at, String event) {
        Instant since = Offer.of(streams, approved.program()).facts().enrolsSince();
        if (since == null || at.isBefore(since)) {
            return;
        }
        EnrolmentId enrolment = pseudonyms.enrolment(approved.registrant(), approved.program());
        if (Membership.of(streams, enrolment).cameFrom(approved.application())) {
            return;
        }
        send(new EnrolRegistrant(enrolment, approved.registrant(), approved.program(), approved.application()), event);
    }

    private void endWhatIsWithoutApproval(EnrolmentId enrolment, ApplicationId application, String event) {
        Membership membership = Membership.of(streams, enrolment);
        Case file = Case.of(streams, application).facts();
        if (membership.state() != EnrolmentState.EXITED
                && membership.cameFrom(application)
                && file.state() != ApplicationState.APPROVED) {
            String reason =
                    WITHOUT_APPROVAL.in(Locale.forLanguageTag(file.begun().language()));
            send(new ExitEnrolment(enrolment, Personal.of(reason)), event);
        }
    }

    private void send(EnrolmentCommand command, String event) {
        try {
            courier.send(command, event);
        } catch (Refused no) {
            LOG.info("{} is not changed: {}", command.enrolment(), no.code());
        }
    }
}
