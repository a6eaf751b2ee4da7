package org.selfservice.query.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.registrant;
import static org.selfservice.query.Samples.started;
import static org.selfservice.query.Samples.submitted;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.DuplicateSuspected;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionOverridden;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionResolved;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Suspicion;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.application.Verdict;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.query.Folds;

class SuspectedDuplicatesTest {
    private static final ApplicationId ID = application(1, 1);
    private static final ApplicationId OTHER = application(2, 1);
    private static final RegistrantId LENA = registrant(1);

    private final ApplicationView view = new ApplicationView();
    private final Folds<ApplicationFile> file = new Folds<ApplicationFile>(view, ID.value());

    @BeforeEach
    void sent() {
        fold(started(1, 1), submitted(1, 1, Map.of()));
    }

    @Test
    void aSuspicionIsOpenUntilItIsResolved() {
        ApplicationFile suspected = fold(suspected(Likeness.PHONE));

        assertThat(suspected.suspected()).isTrue();
        assertThat(only(suspected).open()).isTrue();
        assertThat(only(suspected).kinds()).containsExactly(Likeness.PHONE);

        ApplicationFile resolved = fold(resolved(Verdict.NOT_A_DUPLICATE));

        assertThat(resolved.suspected()).isFalse();
        assertThat(only(resolved))
                .extracting(Suspicion::verdict, Suspicion::reason, Suspicion::resolvedBy)
                .containsExactly(Verdict.NOT_A_DUPLICATE, "Twins", "Omar");
    }

    @Test
    void aDuplicateThatWasConfirmedStillWaitsForItsDecision() {
        assertThat(fold(suspected(Likeness.PHONE), resolved(Verdict.DUPLICATE)).suspected())
                .isTrue();
    }

    @Test
    void moreEvidenceOpensItAgainWithAllThatIsKnown() {
        ApplicationFile again =
                fold(suspected(Likeness.PHONE), resolved(Verdict.NOT_A_DUPLICATE), suspected(Likeness.NATIONAL_ID));

        assertThat(again.suspected()).isTrue();
        assertThat(only(again).kinds()).containsExactly(Likeness.NATIONAL_ID, Likeness.PHONE);
        assertThat(only(again).verdict()).isNull();
    }

    @Test
    void whatIsDecidedWaitsForNothing() {
        assertThat(fold(
                                suspected(Likeness.PHONE),
                                new SuspicionOverridden(ID, LENA, CASH, List.of(OTHER), Personal.of("Urgent")),
                                new ApplicationApproved(ID, LENA, CASH, Personal.of("")))
                        .suspected())
                .isFalse();
        assertThat(only(file.document()).overridden()).isEqualTo("Urgent");
    }

    @Test
    void whatIsWithdrawnWaitsForNothing() {
        assertThat(fold(suspected(Likeness.PHONE), new ApplicationWithdrawn(ID, LENA, CASH, Personal.of("")))
                        .suspected())
                .isFalse();
    }

    @Test
    void itsPersonSeesNothingOfIt() {
        ApplicationFile seen =
                fold(suspected(Likeness.PHONE), resolved(Verdict.DUPLICATE)).forItsPerson();

        assertThat(seen.suspicions()).isEmpty();
        assertThat(seen.timeline()).noneMatch(entry -> entry.event().contains("susp"));
    }

    @Test
    void ofACaseThatIsErasedTheReasonsAreGone() {
        ApplicationFile erased =
                fold(suspected(Likeness.PHONE), resolved(Verdict.DUPLICATE), new ApplicationErased(ID, LENA, CASH));

        assertThat(only(erased).verdict()).isEqualTo(Verdict.DUPLICATE);
        assertThat(only(erased).reason()).isNull();
    }

    @Test
    void onlyWhatWaitsIsInTheIndex() {
        assertThat(view.lifted(fold(suspected(Likeness.PHONE)))).containsEntry("suspected", true);
        assertThat(view.lifted(fold(resolved(Verdict.NOT_A_DUPLICATE)))).containsEntry("suspected", null);
    }

    private ApplicationFile fold(Event... events) {
        return file.by(OFFICER, events).document();
    }

    private static Suspicion only(ApplicationFile file) {
        assertThat(file.suspicions()).hasSize(1);
        return file.suspicions().getFirst();
    }

    private static DuplicateSuspected suspected(Likeness kind) {
        return new DuplicateSuspected(ID, LENA, CASH, OTHER, Set.of(kind));
    }

    private static SuspicionResolved resolved(Verdict verdict) {
        return new SuspicionResolved(ID, LENA, CASH, OTHER, verdict, Personal.of("Twins"));
    }
}
