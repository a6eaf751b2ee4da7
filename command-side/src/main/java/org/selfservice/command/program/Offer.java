package org.selfservice.command.program;

import static org.selfservice.command.Decide.refuseIf;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Streams;
import org.selfservice.command.Streams.Facts;
import org.selfservice.command.Streams.Reading;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramEvent;
import org.selfservice.kernel.program.ProgramEvent.ApplicationPolicySet;
import org.selfservice.kernel.program.ProgramEvent.AutoEnrolmentSet;
import org.selfservice.kernel.program.ProgramEvent.DocumentsRequired;
import org.selfservice.kernel.program.ProgramEvent.EligibilityRulesSet;
import org.selfservice.kernel.program.ProgramEvent.FormMapped;
import org.selfservice.kernel.program.ProgramEvent.ProgramClosed;
import org.selfservice.kernel.program.ProgramEvent.ProgramCreated;
import org.selfservice.kernel.program.ProgramEvent.ProgramOpened;
import org.selfservice.kernel.program.ProgramEvent.ProgramRevised;
import org.selfservice.kernel.program.ProgramEvent.ProgramSuspended;
import org.selfservice.kernel.program.ProgramEvent.RejectionReasonsSet;
import org.selfservice.kernel.program.ProgramEvent.RetentionSet;
import org.selfservice.kernel.program.ProgramEvent.StepUpSet;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.program.Retention;

/**
 * What a program offers, and what its rules rest on.
 *
 * @param profile null only before the program exists
 * @param policy once, until another is set
 * @param rulesVersion 0 when there are no rules yet
 * @param enrolsSince whoever is approved from then on is enrolled at once; null when nobody is
 * @param stepUp what sending takes beyond a login
 */
public record Offer(
        ProgramState state,
        @Nullable ProgramProfile profile,
        @Nullable FormMapped form,
        ApplicationPolicy policy,
        int rulesVersion,
        List<EligibilityRule> rules,
        List<DocumentRequirement> documents,
        List<RejectionReason> reasons,
        @Nullable Instant enrolsSince,
        Retention retention,
        StepUp stepUp) {
    private static final Reading<ProgramEvent, Offer> READING = new Reading<>(
            ProgramEvent.class,
            new Offer(
                    ProgramState.DRAFT,
                    null,
                    null,
                    ApplicationPolicy.once(),
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    Retention.NO_END,
                    StepUp.NONE),
            (offer, event, sequence, at) -> offer.after(event, at));

    static Offer none() {
        return READING.nothing();
    }

    /** @throws Refused NOT_FOUND when there is no such program */
    public static Facts<Offer> of(Streams streams, ProgramCode program) {
        Facts<Offer> offer = streams.read(READING, program.stream());
        refuseIf(!offer.exist(), RefusalCode.NOT_FOUND, "program", program.value());
        return offer;
    }

    public ProgramProfile terms() {
        if (profile == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return profile;
    }

    public FormMapped mapped() {
        if (form == null) {
            throw new Refused(RefusalCode.PROGRAM_INCOMPLETE);
        }
        return form;
    }

    public LocalDate today(Instant now) {
        return ApplicationPolicy.today(now, terms().zone());
    }

    /** Whether it takes applications at that instant: it is open and the day is within its window. */
    public void mustTakeApplications(Instant now) {
        refuseIf(state != ProgramState.OPEN, RefusalCode.PROGRAM_NOT_OPEN, "state", state.name());
        LocalDate today = today(now);
        LocalDate opens = terms().opensOn();
        LocalDate closes = terms().closesOn();
        refuseIf(
                opens != null && today.isBefore(opens),
                RefusalCode.OUTSIDE_APPLICATION_WINDOW,
                "opensOn",
                String.valueOf(opens));
        refuseIf(
                closes != null && today.isAfter(closes),
                RefusalCode.OUTSIDE_APPLICATION_WINDOW,
                "closesOn",
                String.valueOf(closes));
    }

    Offer after(ProgramEvent event, Instant at) {
        return switch (event) {
            case ProgramCreated e -> with(e.profile());
            case ProgramRevised e -> with(e.profile());
            case FormMapped e ->
                new Offer(
                        state,
                        profile,
                        e,
                        policy,
                        rulesVersion,
                        rules,
                        documents,
                        reasons,
                        enrolsSince,
                        retention,
                        stepUp);
            case ApplicationPolicySet e ->
                new Offer(
                        state,
                        profile,
                        form,
                        e.policy(),
                        rulesVersion,
                        rules,
                        documents,
                        reasons,
                        enrolsSince,
                        retention,
                        stepUp);
            case EligibilityRulesSet e ->
                new Offer(
                        state,
                        profile,
                        form,
                        policy,
                        e.version(),
                        e.rules(),
                        documents,
                        reasons,
                        enrolsSince,
                        retention,
                        stepUp);
            case DocumentsRequired e ->
                new Offer(
                        state,
                        profile,
                        form,
                        policy,
                        rulesVersion,
                        rules,
                        e.documents(),
                        reasons,
                        enrolsSince,
                        retention,
                        stepUp);
            case RejectionReasonsSet e ->
                new Offer(
                        state,
                        profile,
                        form,
                        policy,
                        rulesVersion,
                        rules,
                        documents,
                        e.reasons(),
                        enrolsSince,
                        retention,
                        stepUp);
            case AutoEnrolmentSet e -> with(e.onApproval() ? at : null, retention, stepUp);
            case RetentionSet e -> with(enrolsSince, e.retention(), stepUp);
            case StepUpSet e -> with(enrolsSince, retention, e.stepUp());
            case ProgramOpened _ -> with(ProgramState.OPEN);
            case ProgramSuspended _ -> with(ProgramState.SUSPENDED);
            case ProgramClosed _ -> with(ProgramState.CLOSED);
        };
    }

    private Offer with(ProgramProfile newer) {
        return new Offer(
                state, newer, form, policy, rulesVersion, rules, documents, reasons, enrolsSince, retention, stepUp);
    }

    private Offer with(@Nullable Instant enrols, Retention keeps, StepUp asks) {
        return new Offer(state, profile, form, policy, rulesVersion, rules, documents, reasons, enrols, keeps, asks);
    }

    private Offer with(ProgramState newer) {
        return new Offer(
                newer, profile, form, policy, rulesVersion, rules, documents, reasons, enrolsSince, retention, stepUp);
    }
}
