package org.selfservice.command.application;

import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.OMAR;
import static org.selfservice.command.Samples.REVIEWER;
import static org.selfservice.command.application.Cases.FIRST;
import static org.selfservice.command.application.Cases.approved;
import static org.selfservice.command.application.Cases.ready;
import static org.selfservice.command.application.Cases.submitted;
import static org.selfservice.command.application.Cases.taken;
import static org.selfservice.command.application.Cases.world;
import static org.selfservice.kernel.application.Likeness.EMAIL;
import static org.selfservice.kernel.application.Likeness.PHONE;
import static org.selfservice.kernel.application.Verdict.DUPLICATE;
import static org.selfservice.kernel.application.Verdict.NOT_A_DUPLICATE;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.ResolveSuspicion;
import org.selfservice.kernel.application.ApplicationCommand.SuspectDuplicate;
import org.selfservice.kernel.application.ApplicationEvent.DuplicateSuspected;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionOverridden;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionResolved;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.application.Verdict;

class SuspicionTest {
    private static final ApplicationId OTHER = new World().application(OMAR, MEDICAL, 1);
    private static final ApproveApplication APPROVE = new ApproveApplication(FIRST, Personal.of(""));

    private static World given(Event... later) {
        return world().by(REVIEWER).given(Application.class, submitted(later));
    }

    @Test
    void isPutOnFile() {
        given().grants(suspect(PHONE), suspected(PHONE));
    }

    @Test
    void ofWhatIsKnownIsNoNews() {
        given(suspected(PHONE, EMAIL)).changesNothing(suspect(PHONE));
    }

    @Test
    void growsByWhatIsNew() {
        given(suspected(PHONE)).grants(suspect(PHONE, EMAIL), suspected(EMAIL));
    }

    @Test
    void isAboutAnotherApplication() {
        given().refuses(new SuspectDuplicate(FIRST, FIRST, Set.of(PHONE)), RefusalCode.INVALID, "field", "other");
    }

    @Test
    void hasEvidence() {
        given().refuses(new SuspectDuplicate(FIRST, OTHER, Set.of()), RefusalCode.INVALID, "field", "kinds");
    }

    @Test
    void comesTooLateForWhatIsDecided() {
        given(approved()).refuses(suspect(PHONE), RefusalCode.APPLICATION_STATE, "state", "APPROVED");
    }

    @Test
    void isNotOfADraft() {
        world().given(Application.class, ready())
                .refuses(suspect(PHONE), RefusalCode.APPLICATION_STATE, "state", "DRAFT");
    }

    @Test
    void isInTheWayOfAnApproval() {
        given(suspected(PHONE)).refuses(APPROVE, RefusalCode.DUPLICATE_SUSPECTED);
    }

    @Test
    void thatWasConfirmedStaysInTheWay() {
        given(suspected(PHONE), resolved(DUPLICATE)).refuses(APPROVE, RefusalCode.DUPLICATE_SUSPECTED);
    }

    @Test
    void thatWasResolvedIsNotInTheWay() {
        given(suspected(PHONE), resolved(NOT_A_DUPLICATE)).grants(APPROVE, approved());
    }

    @Test
    void isPassedOverForAReasonWhichIsRecorded() {
        given(suspected(PHONE))
                .grants(
                        approveAllTheSame("Twins"),
                        new SuspicionOverridden(FIRST, LENA, MEDICAL, List.of(OTHER), Personal.of("Twins")),
                        approved());
    }

    @Test
    void isNotPassedOverWithoutSayingWhy() {
        given(suspected(PHONE)).refuses(approveAllTheSame(" "), RefusalCode.REASON_REQUIRED, "field", "override");
    }

    @Test
    void thatIsNotThereIsNotPassedOver() {
        given().grants(approveAllTheSame("Just in case"), approved());
    }

    @Test
    void ofACaseOfAnotherReviewerIsPassedOverByThatReviewer() {
        given(suspected(PHONE), taken("paul")).refuses(approveAllTheSame("Twins"), RefusalCode.ASSIGNED_TO_ANOTHER);
    }

    @Test
    void isResolvedWithAReason() {
        given(suspected(PHONE)).grants(resolve(NOT_A_DUPLICATE, "Twins"), resolved(NOT_A_DUPLICATE));
    }

    @Test
    void isNotResolvedWithoutAReason() {
        given(suspected(PHONE)).refuses(resolve(NOT_A_DUPLICATE, ""), RefusalCode.REASON_REQUIRED, "field", "reason");
    }

    @Test
    void thatNobodyHasIsNotResolved() {
        given().refuses(resolve(NOT_A_DUPLICATE, "Twins"), RefusalCode.SUSPICION_UNKNOWN);
    }

    @Test
    void thatIsResolvedStaysResolved() {
        given(suspected(PHONE), resolved(NOT_A_DUPLICATE)).changesNothing(resolve(NOT_A_DUPLICATE, "Twins"));
        given(suspected(PHONE), resolved(NOT_A_DUPLICATE)).changesNothing(suspect(PHONE));
    }

    @Test
    void thatWasResolvedByMistakeIsResolvedAnew() {
        given(suspected(PHONE), resolved(DUPLICATE))
                .grants(resolve(NOT_A_DUPLICATE, "Twins"), resolved(NOT_A_DUPLICATE));
    }

    @Test
    void isOpenAgainWhenThereIsEvidenceOfAnotherKind() {
        given(suspected(PHONE), resolved(NOT_A_DUPLICATE)).grants(suspect(EMAIL), suspected(EMAIL));
        given(suspected(PHONE), resolved(NOT_A_DUPLICATE), suspected(EMAIL))
                .refuses(APPROVE, RefusalCode.DUPLICATE_SUSPECTED);
    }

    private static SuspectDuplicate suspect(Likeness... kinds) {
        return new SuspectDuplicate(FIRST, OTHER, Set.of(kinds));
    }

    private static DuplicateSuspected suspected(Likeness... kinds) {
        return new DuplicateSuspected(FIRST, LENA, MEDICAL, OTHER, Set.of(kinds));
    }

    private static ResolveSuspicion resolve(Verdict verdict, String reason) {
        return new ResolveSuspicion(FIRST, OTHER, verdict, Personal.of(reason));
    }

    private static SuspicionResolved resolved(Verdict verdict) {
        return new SuspicionResolved(FIRST, LENA, MEDICAL, OTHER, verdict, Personal.of("Twins"));
    }

    private static ApproveApplication approveAllTheSame(String reason) {
        return new ApproveApplication(FIRST, Personal.of(""), Personal.of(reason));
    }
}
