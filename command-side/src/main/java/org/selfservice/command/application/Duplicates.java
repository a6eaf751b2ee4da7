package org.selfservice.command.application;

import java.util.Set;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.selfservice.command.Courier;
import org.selfservice.command.Streams;
import org.selfservice.command.form.Versions;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.SuspectDuplicate;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.InformationProvided;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Fingerprints;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Compares what was sent with what other people sent, within a program and across them. The later application is suspected,
 * once for each other one: the earlier one is not held up by whoever comes after it.
 */
@Component
@ProcessingGroup("duplicates")
@DisallowReplay
class Duplicates {
    private static final Logger LOG = LoggerFactory.getLogger(Duplicates.class);

    /** Nobody compares more than these with one application. */
    private static final int MOST = 20;

    private final Fingerprints fingerprints;
    private final Courier courier;
    private final Streams streams;

    Duplicates(Fingerprints fingerprints, Courier courier, Streams streams) {
        this.fingerprints = fingerprints;
        this.courier = courier;
        this.streams = streams;
    }

    @EventHandler
    void on(ApplicationSubmitted sent, @MessageIdentifier String event) {
        compare(sent, event);
    }

    @EventHandler
    void on(InformationProvided told, @MessageIdentifier String event) {
        compare(told, event);
    }

    @EventHandler
    void on(ApplicationErased erased) {
        fingerprints.forget(erased.application());
    }

    @EventHandler
    void on(RegistrantErased erased) {
        fingerprints.forget(erased.registrant());
    }

    private void compare(ApplicationEvent on, String event) {
        Case file = Case.of(streams, on.application()).facts();
        if (file.erased()) {
            return;
        }
        var form = Versions.of(streams, file.draft().pinned())
                .facts()
                .version(file.draft().formVersion());
        fingerprints.keep(
                on.application(),
                on.registrant(),
                on.program(),
                Identifying.values(form.definition(), file.draft().known()));
        fingerprints
                .alike(on.application(), MOST)
                .forEach((other, kinds) -> suspect(on.application(), other, kinds, event));
    }

    /** What two have in common is on one of their files alone, so that it is resolved once. */
    private void suspect(ApplicationId one, ApplicationId other, Set<Likeness> kinds, String event) {
        Case another = Case.of(streams, other).facts();
        Set<Likeness> known = another.doubts().about(one);
        if (another.state() == ApplicationState.WITHDRAWN || known.containsAll(kinds)) {
            return;
        }
        boolean isOnTheOther = !known.isEmpty() && another.state().isWithStaff();
        SuspectDuplicate command =
                isOnTheOther ? new SuspectDuplicate(other, one, kinds) : new SuspectDuplicate(one, other, kinds);
        try {
            courier.send(command, event);
        } catch (Refused no) {
            LOG.info("{} is not suspected: {}", command.application(), no.code());
        }
    }
}
