package org.selfservice.query.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.NOON;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.enrolment;
import static org.selfservice.query.Samples.money;
import static org.selfservice.query.Samples.registrant;

import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentPaused;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentResumed;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EntitlementGranted;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentLine;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.query.Folds;

class EnrolmentViewTest {
    private static final EnrolmentId ID = enrolment(1);
    private static final RegistrantEnrolled ENROLLED =
            new RegistrantEnrolled(ID, registrant(1), CASH, application(1, 1));

    private final EnrolmentView view = new EnrolmentView();
    private final Folds<EnrolmentLine> line = new Folds<EnrolmentLine>(view, ID.value());

    @Test
    void whoIsEnrolledIsFoundByProgramAndState() {
        EnrolmentLine enrolled = fold(ENROLLED);

        assertThat(enrolled)
                .isEqualTo(new EnrolmentLine(
                        ID, registrant(1), CASH, EnrolmentState.ENROLLED, NOON, application(1, 1), 0));
        assertThat(view.lifted(enrolled)).containsEntry("program", "cash").containsEntry("state", "ENROLLED");
    }

    @Test
    void aStateIsKnownWithTheMomentSinceWhenItIs() {
        assertThat(fold(ENROLLED, new EnrolmentPaused(ID, registrant(1), CASH, Personal.of("Abroad"))))
                .extracting(EnrolmentLine::state, EnrolmentLine::since)
                .containsExactly(EnrolmentState.PAUSED, NOON.plus(Duration.ofMinutes(1)));
        assertThat(fold(new EnrolmentResumed(ID, registrant(1), CASH)).state()).isEqualTo(EnrolmentState.ENROLLED);
        assertThat(fold(new EnrolmentExited(ID, registrant(1), CASH, Personal.of("Moved")))
                        .state())
                .isEqualTo(EnrolmentState.EXITED);
    }

    @Test
    void whatIsGrantedChangesNoStateAndIsSeen() {
        EnrolmentLine granted = fold(
                ENROLLED,
                new EntitlementGranted(
                        ID, registrant(1), CASH, "may", money("100"), "Food", LocalDate.parse("2026-12-01"), null));

        assertThat(granted.since()).isEqualTo(NOON);
        assertThat(granted.sequence()).isEqualTo(1);
    }

    private EnrolmentLine fold(Event... events) {
        return line.by(OFFICER, events).document();
    }
}
