package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.AssignReviewer;
import org.selfservice.kernel.application.ApplicationCommand.CorrectDecision;
import org.selfservice.kernel.application.ApplicationCommand.RejectApplication;
import org.selfservice.kernel.application.ApplicationCommand.RejectDocument;
import org.selfservice.kernel.application.ApplicationCommand.ReleaseCase;
import org.selfservice.kernel.application.ApplicationCommand.Remark;
import org.selfservice.kernel.application.ApplicationCommand.RequestInformation;
import org.selfservice.kernel.application.ApplicationCommand.VerifyDocument;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationQuery.FindByReference;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.CaseQuery.Cases;
import org.selfservice.kernel.application.CaseQuery.FindCases;
import org.selfservice.kernel.application.CaseQuery.Order;
import org.selfservice.kernel.application.CaseQuery.Wanted;
import org.selfservice.kernel.application.Reference;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.web.Portal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cases are applications that were sent: what is not sent is its person's alone, and here it does not exist. */
@RestController
@RequestMapping("/api/v1/cases")
@Tag(name = "Cases")
class CaseEndpoints {
    private final Portal portal;

    CaseEndpoints(Portal portal) {
        this.portal = portal;
    }

    /** @param reviewer who takes the case; whoever asks when it is left out */
    record Assignment(@Nullable String reviewer) {}

    /**
     * @param fields questions to be answered again
     * @param documents file questions to be handed in (again)
     * @param reason what the person reads
     */
    record Request(@Nullable List<String> fields, @Nullable List<String> documents, String reason, Instant deadline) {}

    /** @param visible whether the person sees it */
    record NewRemark(String text, boolean visible) {}

    record DocumentRejection(String reason) {}

    /**
     * @param note what the person reads
     * @param override why it is approved although it may be a duplicate; for staff only
     */
    record Approval(@Nullable String note, @Nullable String override) {}

    /**
     * @param reason code of one of the program's rejection reasons
     * @param explanation what the person reads besides the reason's text
     */
    record Rejection(String reason, @Nullable String explanation) {}

    /**
     * @param approved what the decision is from now on
     * @param reason code of one of the program's rejection reasons; left out for an approval
     * @param explanation why it is corrected, which the person reads
     * @param override why it is approved although it may be a duplicate; for staff only
     */
    record Correction(
            boolean approved,
            @Nullable String reason,
            String explanation,
            @Nullable String override) {}

    /**
     * @param reviewer login name of who took it; {@code nobody} and {@code somebody} are understood too
     * @param after the last page's {@code next}
     */
    @Operation(
            operationId = "findCases",
            summary = "A page of cases, of those that wait for a decision when no state is named")
    @GetMapping
    Cases some(
            @RequestParam(required = false) @Nullable ProgramCode program,
            @RequestParam(required = false, name = "state") @Nullable List<ApplicationState> states,
            @RequestParam(required = false) @Nullable String reviewer,
            @RequestParam(defaultValue = "false") boolean suspected,
            @RequestParam(defaultValue = "false") boolean owing,
            @RequestParam(defaultValue = "false") boolean unanswered,
            @RequestParam(required = false) @Nullable Instant sentUntil,
            @RequestParam(required = false) @Nullable Instant promisedUntil,
            @RequestParam(defaultValue = "OLDEST") Order order,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        Wanted wanted = states == null || states.isEmpty() ? Wanted.waiting() : Wanted.in(states);
        return portal.ask(new FindCases(
                wanted.of(program)
                        .with(whoever(reviewer))
                        .suspected(suspected)
                        .owing(owing)
                        .unanswered(unanswered)
                        .sentUntil(sentUntil)
                        .promisedUntil(promisedUntil),
                order,
                after,
                limit));
    }

    private static @Nullable String whoever(@Nullable String reviewer) {
        return switch (reviewer) {
            case null -> null;
            case "nobody" -> Wanted.NOBODY;
            case "somebody" -> Wanted.SOMEBODY;
            default -> reviewer;
        };
    }

    @Operation(operationId = "findApplication", summary = "All about a case")
    @GetMapping("/{id}")
    CaseFile one(@PathVariable ApplicationId id, @RequestParam(defaultValue = "-1") long atLeast) {
        return CaseFile.of(portal.ask(new FindApplication(id), file -> file.sequence() >= atLeast));
    }

    @Operation(operationId = "findByReference", summary = "All about a case, by the reference that its person has")
    @GetMapping("/by-reference/{reference}")
    CaseFile byReference(@PathVariable String reference) {
        return CaseFile.of(
                portal.ask(new FindByReference(Reference.parse(reference).value())));
    }

    @Operation(operationId = "assignReviewer", summary = "Take a case, or hand it to a reviewer")
    @PostMapping("/{id}/assignment")
    Position assign(@PathVariable ApplicationId id, @RequestBody(required = false) @Nullable Assignment assignment) {
        String named = assignment == null ? null : assignment.reviewer();
        return send(new AssignReviewer(id, named == null ? caller() : named));
    }

    @Operation(operationId = "releaseCase", summary = "Give a case back, so that somebody else can take it")
    @PostMapping("/{id}/release")
    Position release(@PathVariable ApplicationId id) {
        return send(new ReleaseCase(id));
    }

    @Operation(operationId = "requestInformation", summary = "Ask the person for information or documents")
    @PostMapping("/{id}/information-request")
    Position request(@PathVariable ApplicationId id, @RequestBody Request request) {
        return send(new RequestInformation(
                id,
                Objects.requireNonNullElse(request.fields(), List.of()),
                Objects.requireNonNullElse(request.documents(), List.of()),
                Personal.of(request.reason()),
                request.deadline()));
    }

    @Operation(operationId = "remark", summary = "Add a remark, for the person or for staff only")
    @PostMapping("/{id}/remarks")
    Position remark(@PathVariable ApplicationId id, @RequestBody NewRemark remark) {
        return send(new Remark(id, Personal.of(remark.text()), remark.visible()));
    }

    @Operation(operationId = "verifyDocument", summary = "Say that a document proves what it should")
    @PostMapping("/{id}/documents/{document}/verification")
    Position verify(@PathVariable ApplicationId id, @PathVariable DocumentId document) {
        return send(new VerifyDocument(id, document));
    }

    @Operation(operationId = "rejectDocument", summary = "Reject a document")
    @PostMapping("/{id}/documents/{document}/rejection")
    Position reject(
            @PathVariable ApplicationId id,
            @PathVariable DocumentId document,
            @RequestBody DocumentRejection rejection) {
        return send(new RejectDocument(id, document, Personal.of(rejection.reason())));
    }

    @Operation(operationId = "approveApplication", summary = "Approve a case")
    @PostMapping("/{id}/approval")
    Position approve(@PathVariable ApplicationId id, @RequestBody(required = false) @Nullable Approval approval) {
        String note = approval == null ? null : approval.note();
        String override = approval == null ? null : approval.override();
        return send(new ApproveApplication(
                id,
                Personal.of(Objects.requireNonNullElse(note, "")),
                override == null ? null : Personal.of(override)));
    }

    @Operation(operationId = "rejectApplication", summary = "Reject a case")
    @PostMapping("/{id}/rejection")
    Position reject(@PathVariable ApplicationId id, @RequestBody Rejection rejection) {
        return send(new RejectApplication(
                id, rejection.reason(), Personal.of(Objects.requireNonNullElse(rejection.explanation(), ""))));
    }

    @Operation(operationId = "correctDecision", summary = "Put a decision right by the other one; both stay on record")
    @PostMapping("/{id}/correction")
    Position correct(@PathVariable ApplicationId id, @RequestBody Correction correction) {
        String override = correction.override();
        return send(new CorrectDecision(
                id,
                correction.approved(),
                correction.reason(),
                Personal.of(correction.explanation()),
                override == null ? null : Personal.of(override)));
    }

    /** The command decides; only how its no is told depends on whether the application was ever sent. */
    private Position send(ApplicationCommand command) {
        try {
            return portal.send(command);
        } catch (Refused no) {
            if (no.code() == RefusalCode.APPLICATION_STATE && isUnsent(command.application())) {
                throw new Refused(RefusalCode.NOT_FOUND);
            }
            throw no;
        }
    }

    private boolean isUnsent(ApplicationId id) {
        ApplicationFile file = portal.ask(new FindApplication(id));
        return file.submittedAt() == null;
    }

    /** A machine cannot read a case: it names the person who will. */
    private String caller() {
        Author author = portal.author();
        if (author.role() == Author.Role.MACHINE) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "reviewer"));
        }
        return author.actor();
    }
}
