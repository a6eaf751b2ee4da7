package org.selfservice.web.program;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ApplicationPolicy.Earlier;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;

/**
 * Where a person stands with a program. Card, page and button all ask this.
 *
 * @param mine the person's applications to it, newest first
 * @param enrolment when the person is, or was, in the program
 * @param policy whether the person may apply (again) on that day, were the program open
 * @param nextOrdinal what a new application would be, from 1
 */
public record Standing(
        Offer offer,
        List<ApplicationSummary> mine,
        @Nullable EnrolmentSummary enrolment,
        ApplicationPolicy.Answer policy,
        int nextOrdinal) {

    /** @param dossier null when nobody is signed in */
    static Standing of(ProgramDetails program, ProgramProfile profile, @Nullable Dossier dossier, Instant now) {
        ZoneId zone = ZoneId.of(profile.zone());
        LocalDate today = ApplicationPolicy.today(now, profile.zone());
        List<ApplicationSummary> mine = dossier == null
                ? List.of()
                : dossier.applications().stream()
                        .filter(application -> application.program().equals(program.code()))
                        .sorted(Comparator.comparingInt(ApplicationSummary::ordinal)
                                .reversed())
                        .toList();
        List<Earlier> earlier = mine.reversed().stream()
                .map(application ->
                        new Earlier(application.state(), LocalDate.ofInstant(application.startedAt(), zone)))
                .toList();
        return new Standing(
                Offer.of(program, profile, today),
                mine,
                dossier == null ? null : enrolment(program, dossier).orElse(null),
                program.policy().mayApply(earlier, today),
                mine.isEmpty() ? 1 : mine.getFirst().ordinal() + 1);
    }

    public Optional<ApplicationSummary> latest() {
        return mine.stream().findFirst();
    }

    public Optional<ApplicationSummary> draft() {
        return latest().filter(application -> application.state() == ApplicationState.DRAFT);
    }

    public boolean isOpen() {
        return offer == Offer.OPEN;
    }

    public boolean mayApply() {
        return isOpen() && policy.allowed();
    }

    public boolean isEnrolled() {
        return enrolment != null && enrolment.state() != EnrolmentState.EXITED;
    }

    private static Optional<EnrolmentSummary> enrolment(ProgramDetails program, Dossier dossier) {
        return dossier.enrolments().stream()
                .filter(enrolment -> enrolment.program().equals(program.code()))
                .max(Comparator.comparing(EnrolmentSummary::since));
    }
}
