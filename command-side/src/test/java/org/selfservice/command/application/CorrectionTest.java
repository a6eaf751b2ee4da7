package org.selfservice.command.application;

import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.REVIEWER;
import static org.selfservice.command.World.NOW;
import static org.selfservice.command.application.Cases.FIRST;
import static org.selfservice.command.application.Cases.approved;
import static org.selfservice.command.application.Cases.asked;
import static org.selfservice.command.application.Cases.submitted;
import static org.selfservice.command.application.Cases.taken;
import static org.selfservice.command.application.Cases.told;
import static org.selfservice.command.application.Cases.world;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.CorrectDecision;
import org.selfservice.kernel.application.ApplicationCommand.ExpireRequest;
import org.selfservice.kernel.application.ApplicationCommand.ReleaseCase;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.DecisionCorrected;
import org.selfservice.kernel.application.ApplicationEvent.DuplicateSuspected;
import org.selfservice.kernel.application.ApplicationEvent.RequestExpired;
import org.selfservice.kernel.application.ApplicationEvent.ReviewerReleased;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionOverridden;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.enrolment.EnrolmentId;

/** What may be done to a case after or beside its decision: correct, release, end a request, and not on an old view of it. */
class CorrectionTest {
    private static final ApplicationRejected REJECTED =
            new ApplicationRejected(FIRST, LENA, MEDICAL, "not-covered", Personal.of("Sorry"));
    private static final EnrolmentId PLACE = new World().enrolment(LENA, MEDICAL);
    private static final ApplicationId OTHER = new World().application(LENA, MEDICAL, 9);

    private static World given(Event... later) {
        return world().by(REVIEWER).given(Application.class, submitted(later));
    }

    @Test
    void turnsARejectionIntoAnApproval() {
        given(REJECTED).grants(correct(true, null), corrected(true, null));
    }

    @Test
    void turnsAnApprovalIntoARejection() {
        given(approved()).grants(correct(false, "not-covered"), corrected(false, "not-covered"));
    }

    @Test
    void andBackAgain() {
        given(approved(), corrected(false, "not-covered")).grants(correct(true, null), corrected(true, null));
    }

    @Test
    void ofWhatIsSoAlreadyChangesNothing() {
        given(approved()).changesNothing(correct(true, null));
        given(REJECTED).changesNothing(correct(false, "not-covered"));
    }

    @Test
    void needsADecision() {
        given().refuses(correct(true, null), RefusalCode.APPLICATION_STATE, "state", "SUBMITTED");
    }

    @Test
    void needsAnExplanation() {
        given(REJECTED)
                .refuses(new CorrectDecision(FIRST, true, null, Personal.of(" "), null), RefusalCode.REASON_REQUIRED);
    }

    @Test
    void toARejectionNeedsOneOfTheProgramsReasons() {
        given(approved()).refuses(correct(false, "mood"), RefusalCode.REASON_UNKNOWN);
        given(approved()).refuses(correct(false, null), RefusalCode.REASON_REQUIRED);
    }

    @Test
    void ofAnApprovalWaitsUntilTheEnrolmentIsEnded() {
        RegistrantEnrolled enrolled = new RegistrantEnrolled(PLACE, LENA, MEDICAL, FIRST);
        world().happened(enrolled)
                .by(REVIEWER)
                .given(Application.class, submitted(approved()))
                .refuses(correct(false, "not-covered"), RefusalCode.ENROLLED);
        world().happened(enrolled, new EnrolmentExited(PLACE, LENA, MEDICAL, Personal.of("Mistake")))
                .by(REVIEWER)
                .given(Application.class, submitted(approved()))
                .grants(correct(false, "not-covered"), corrected(false, "not-covered"));
    }

    @Test
    void ofAnApprovalDoesNotMindAnEnrolmentFromElsewhere() {
        world().happened(new RegistrantEnrolled(PLACE, LENA, MEDICAL, null))
                .by(REVIEWER)
                .given(Application.class, submitted(approved()))
                .grants(correct(false, "not-covered"), corrected(false, "not-covered"));
    }

    @Test
    void doesNotPassOverASuspicionUnlessItSaysSo() {
        DuplicateSuspected suspected = new DuplicateSuspected(FIRST, LENA, MEDICAL, OTHER, Set.of(Likeness.PHONE));
        given(suspected, REJECTED).refuses(correct(true, null), RefusalCode.DUPLICATE_SUSPECTED);
        given(suspected, REJECTED)
                .grants(
                        new CorrectDecision(FIRST, true, null, Personal.of("Counted twice"), Personal.of("Twins")),
                        new SuspicionOverridden(FIRST, LENA, MEDICAL, List.of(OTHER), Personal.of("Twins")),
                        corrected(true, null));
    }

    @Test
    void aCaseIsGivenBackByWhoTookIt() {
        given(taken("rita")).grants(new ReleaseCase(FIRST), new ReviewerReleased(FIRST, LENA, MEDICAL));
        given().changesNothing(new ReleaseCase(FIRST));
        given(taken("paul")).refuses(new ReleaseCase(FIRST), RefusalCode.ASSIGNED_TO_ANOTHER);
        given(taken("paul"), new ReviewerReleased(FIRST, LENA, MEDICAL))
                .grants(new ApproveApplication(FIRST, Personal.of("")), approved());
    }

    @Test
    void aRequestEndsAfterItsDeadlineAndNotBefore() {
        Event asked = asked(List.of("treatment"), List.of());
        given(asked).refuses(new ExpireRequest(FIRST), RefusalCode.APPLICATION_STATE);
        given(asked)
                .at(NOW.plus(Duration.ofDays(7)))
                .grants(new ExpireRequest(FIRST), new RequestExpired(FIRST, LENA, MEDICAL));
        given(asked, new RequestExpired(FIRST, LENA, MEDICAL))
                .at(NOW.plus(Duration.ofDays(8)))
                .changesNothing(new ExpireRequest(FIRST));
        given(asked, told(Map.of())).refuses(new ExpireRequest(FIRST), RefusalCode.APPLICATION_STATE);
    }

    @Test
    void whoSawAnOlderStateOfTheCaseDoesNotOverwriteIt() {
        ApproveApplication approve = new ApproveApplication(FIRST, Personal.of(""));
        long now = submitted(taken("rita")).size() - 1L;
        given(taken("rita"))
                .when(approve, now - 1)
                .expectNoEvents()
                .expectExceptionDetails(new org.selfservice.kernel.Refused.Refusal(
                        RefusalCode.CHANGED_SINCE_READ, Map.of("sequence", String.valueOf(now))));
        given(taken("rita")).when(approve, now).expectEvents(approved());
    }

    private static CorrectDecision correct(boolean approved, @Nullable String reason) {
        return new CorrectDecision(FIRST, approved, reason, Personal.of("Counted twice"), null);
    }

    private static DecisionCorrected corrected(boolean approved, @Nullable String reason) {
        return new DecisionCorrected(FIRST, LENA, MEDICAL, approved, reason, Personal.of("Counted twice"));
    }
}
