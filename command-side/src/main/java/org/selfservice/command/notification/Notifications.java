package org.selfservice.command.notification;

import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.DraftExpired;
import org.selfservice.kernel.application.ApplicationEvent.InformationProvided;
import org.selfservice.kernel.application.ApplicationEvent.InformationRequested;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentPaused;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentResumed;
import org.selfservice.kernel.enrolment.EnrolmentEvent.PaymentRecorded;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.registrant.RegistrantEvent.ContactPreferencesSet;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityLinked;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityUnlinked;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.springframework.stereotype.Component;

/**
 * Puts what people are told into the outbox, in the same transaction as its own position. What happened before the portal
 * could tell anybody is not told; what is handled again is kept once.
 */
@Component
@ProcessingGroup(Notifications.NAME)
@DisallowReplay
class Notifications {
    static final String NAME = "notifications";

    private final Notices notices;

    Notifications(Notices notices) {
        this.notices = notices;
    }

    @EventHandler
    void on(ApplicationSubmitted sent, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.RECEIVED, sent, sent.decideBy(), at);
    }

    @EventHandler
    void on(InformationRequested asked, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.INFORMATION_REQUESTED, asked, asked.deadline(), at);
    }

    @EventHandler
    void on(InformationProvided told, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.INFORMATION_RECEIVED, told, null, at);
    }

    @EventHandler
    void on(ApplicationApproved approved, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.DECIDED, approved, null, at);
    }

    @EventHandler
    void on(ApplicationRejected rejected, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.DECIDED, rejected, null, at);
    }

    @EventHandler
    void on(ApplicationWithdrawn withdrawn, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.WITHDRAWN, withdrawn, null, at);
    }

    @EventHandler
    void on(DraftExpired expired, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.DRAFT_EXPIRED, expired, null, at);
    }

    @EventHandler
    void on(RegistrantEnrolled enrolled, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.ENROLLED, enrolled, at);
    }

    @EventHandler
    void on(EnrolmentPaused paused, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.PAUSED, paused, at);
    }

    @EventHandler
    void on(EnrolmentResumed resumed, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.RESUMED, resumed, at);
    }

    @EventHandler
    void on(EnrolmentExited exited, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.EXITED, exited, at);
    }

    @EventHandler
    void on(PaymentRecorded paid, @MessageIdentifier String event, @Timestamp Instant at) {
        tell(event, Notice.PAID, paid, at);
    }

    @EventHandler
    void on(IdentityLinked linked, @MessageIdentifier String event, @Timestamp Instant at) {
        notices.tell(event, Notice.ID_LINKED, linked.registrant(), at);
    }

    @EventHandler
    void on(IdentityUnlinked unlinked, @MessageIdentifier String event, @Timestamp Instant at) {
        notices.tell(event, Notice.ID_UNLINKED, unlinked.registrant(), at);
    }

    @EventHandler
    void on(ContactPreferencesSet wish) {
        notices.silence(wish.registrant());
    }

    @EventHandler
    void on(RegistrantErased erased) {
        notices.silence(erased.registrant());
    }

    private void tell(String event, Notice notice, ApplicationEvent about, @Nullable Instant day, Instant at) {
        notices.tell(event, notice, about.registrant(), about.program(), about.application(), day, at);
    }

    private void tell(String event, Notice notice, EnrolmentEvent about, Instant at) {
        notices.tell(event, notice, about.registrant(), about.program(), null, null, at);
    }
}
