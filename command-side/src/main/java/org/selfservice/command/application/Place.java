package org.selfservice.command.application;

import org.jspecify.annotations.Nullable;
import org.selfservice.command.Streams;
import org.selfservice.command.Streams.Reading;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.identity.Pseudonyms;

/**
 * Whether a person has a place in a program.
 *
 * @param enrolled null when they have none
 */
record Place(@Nullable RegistrantEnrolled enrolled) {
    private static final Reading<EnrolmentEvent, Place> READING =
            new Reading<>(EnrolmentEvent.class, new Place(null), (place, event, _, _) -> place.after(event));

    static Place of(Streams streams, Pseudonyms pseudonyms, ApplicationStarted on) {
        String stream = pseudonyms.enrolment(on.registrant(), on.program()).value();
        return streams.read(READING, stream).facts();
    }

    boolean isBecauseOf(ApplicationId application) {
        return enrolled != null && application.equals(enrolled.application());
    }

    private Place after(EnrolmentEvent event) {
        return switch (event) {
            case RegistrantEnrolled entered -> new Place(entered);
            case EnrolmentExited _ -> new Place(null);
            default -> this;
        };
    }
}
