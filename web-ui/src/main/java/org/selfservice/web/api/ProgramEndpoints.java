package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.Eligibility;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.CloseProgram;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramCommand.RequireDocuments;
import org.selfservice.kernel.program.ProgramCommand.ReviseProgram;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.program.ProgramCommand.SetAutoEnrolment;
import org.selfservice.kernel.program.ProgramCommand.SetEligibilityRules;
import org.selfservice.kernel.program.ProgramCommand.SetRejectionReasons;
import org.selfservice.kernel.program.ProgramCommand.SetRetention;
import org.selfservice.kernel.program.ProgramCommand.SetStepUp;
import org.selfservice.kernel.program.ProgramCommand.SuspendProgram;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramQuery.Programs;
import org.selfservice.kernel.program.ProgramQuery.ReplayRules;
import org.selfservice.kernel.program.ProgramQuery.Replayed;
import org.selfservice.kernel.program.Retention;
import org.selfservice.web.Portal;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/programs")
@Tag(name = "Programs")
class ProgramEndpoints {
    private final Portal portal;

    ProgramEndpoints(Portal portal) {
        this.portal = portal;
    }

    record NewProgram(ProgramCode code, ProgramProfile profile) {}

    /** @param openDrafts what the mapping asks of drafts of an older version; KEEP_VERSION when it is left out */
    record FormToMap(FormCode form, int version, @Nullable OpenDrafts openDrafts) {}

    /**
     * How often one may apply; what is left out stands for 1, 0, true and true.
     *
     * @param limit of PER_PERIOD
     * @param periodDays of PER_PERIOD
     */
    record Policy(
            ApplicationPolicy.Kind kind,
            @Nullable Integer limit,
            @Nullable Integer periodDays,
            @Nullable Boolean againAfterRejection,
            @Nullable Boolean againAfterWithdrawal) {

        ApplicationPolicy asPolicy() {
            return new ApplicationPolicy(
                    kind,
                    Objects.requireNonNullElse(limit, 1),
                    Objects.requireNonNullElse(periodDays, 0),
                    Objects.requireNonNullElse(againAfterRejection, true),
                    Objects.requireNonNullElse(againAfterWithdrawal, true));
        }
    }

    record AutoEnrolment(boolean onApproval) {}

    /** Days, 1 to 36,500; what is left out has no end. */
    record Kept(
            @Nullable Integer rejectedDays,
            @Nullable Integer withdrawnDays,
            @Nullable Integer expiredDays) {

        Retention asRetention() {
            return new Retention(rejectedDays, withdrawnDays, expiredDays);
        }
    }

    /** @param withinMinutes 1 to 1,440; left out, it does not matter how long ago it was */
    record Proof(Assurance assurance, @Nullable Integer withinMinutes) {}

    /** @param reason what people read while the program is suspended */
    record Suspension(LocalizedText reason) {}

    @Operation(operationId = "findPrograms", summary = "All programs, with those that did not open yet")
    @GetMapping
    Programs all() {
        return portal.ask(new FindPrograms(true));
    }

    @Operation(operationId = "findProgram", summary = "All about a program")
    @GetMapping("/{code}")
    ProgramDetails one(@PathVariable ProgramCode code, @RequestParam(defaultValue = "-1") long atLeast) {
        ProgramDetails program = portal.ask(new FindProgram(code), answer -> answer.sequence() >= atLeast);
        if (!program.exists()) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return program;
    }

    @Operation(operationId = "createProgram", summary = "Create a program")
    @PostMapping
    ResponseEntity<Position> create(@RequestBody NewProgram program) {
        Position position = portal.send(new CreateProgram(program.code(), program.profile()));
        return ResponseEntity.created(URI.create("/api/v1/programs/" + program.code()))
                .body(position);
    }

    @Operation(operationId = "reviseProgram", summary = "Revise a program's texts, dates and promises")
    @PutMapping("/{code}/profile")
    Position revise(@PathVariable ProgramCode code, @RequestBody ProgramProfile profile) {
        return portal.send(new ReviseProgram(code, profile));
    }

    @Operation(operationId = "mapForm", summary = "Map a published version of a form to a program")
    @PutMapping("/{code}/form")
    Position map(@PathVariable ProgramCode code, @RequestBody FormToMap form) {
        OpenDrafts drafts = Objects.requireNonNullElse(form.openDrafts(), OpenDrafts.KEEP_VERSION);
        return portal.send(new MapForm(code, form.form(), form.version(), drafts));
    }

    @Operation(operationId = "setApplicationPolicy", summary = "Set how often one may apply")
    @PutMapping("/{code}/policy")
    Position policy(@PathVariable ProgramCode code, @RequestBody Policy policy) {
        return portal.send(new SetApplicationPolicy(code, policy.asPolicy()));
    }

    @Operation(operationId = "setEligibilityRules", summary = "Set the rules of eligibility")
    @PutMapping("/{code}/rules")
    Position rules(@PathVariable ProgramCode code, @RequestBody List<EligibilityRule> rules) {
        return portal.send(new SetEligibilityRules(code, rules));
    }

    @Operation(
            operationId = "replayEligibilityRules",
            summary = "See which applications of the past other rules would judge differently; nothing is set")
    @PostMapping("/{code}/rules/replay")
    Replayed replay(@PathVariable ProgramCode code, @RequestBody List<EligibilityRule> rules) {
        ProgramDetails program = one(code, -1);
        rules.forEach(Eligibility::validate);
        String zone = Objects.requireNonNull(program.profile(), "a program that exists has a profile")
                .zone();
        return portal.ask(new ReplayRules(code, program.rules(), program.rulesVersion(), rules, zone));
    }

    @Operation(operationId = "requireDocuments", summary = "Set the documents that one needs")
    @PutMapping("/{code}/documents")
    Position documents(@PathVariable ProgramCode code, @RequestBody List<DocumentRequirement> documents) {
        return portal.send(new RequireDocuments(code, documents));
    }

    @Operation(operationId = "setRejectionReasons", summary = "Set the reasons that a rejection may have")
    @PutMapping("/{code}/rejection-reasons")
    Position rejectionReasons(@PathVariable ProgramCode code, @RequestBody List<RejectionReason> reasons) {
        return portal.send(new SetRejectionReasons(code, reasons));
    }

    @Operation(operationId = "setAutoEnrolment", summary = "Set whether whoever is approved is enrolled at once")
    @PutMapping("/{code}/auto-enrolment")
    Position autoEnrolment(@PathVariable ProgramCode code, @RequestBody AutoEnrolment setting) {
        return portal.send(new SetAutoEnrolment(code, setting.onApproval()));
    }

    @Operation(
            operationId = "setRetention",
            summary = "Set for how many days applications that came to nothing keep what is personal")
    @PutMapping("/{code}/retention")
    Position retention(@PathVariable ProgramCode code, @RequestBody Kept kept) {
        return portal.send(new SetRetention(code, kept.asRetention()));
    }

    @Operation(
            operationId = "setStepUp",
            summary = "Set how surely and how recently whoever sends must have proved who they are")
    @PutMapping("/{code}/step-up")
    Position stepUp(@PathVariable ProgramCode code, @RequestBody Proof proof) {
        return portal.send(new SetStepUp(code, new StepUp(proof.assurance(), proof.withinMinutes())));
    }

    @Operation(operationId = "openProgram", summary = "Open a program, or open it again")
    @PostMapping("/{code}/opening")
    Position open(@PathVariable ProgramCode code) {
        return portal.send(new OpenProgram(code));
    }

    @Operation(operationId = "suspendProgram", summary = "Suspend a program")
    @PostMapping("/{code}/suspension")
    Position suspend(@PathVariable ProgramCode code, @RequestBody Suspension suspension) {
        return portal.send(new SuspendProgram(code, suspension.reason()));
    }

    @Operation(operationId = "closeProgram", summary = "Close a program for good")
    @PostMapping("/{code}/closing")
    Position close(@PathVariable ProgramCode code) {
        return portal.send(new CloseProgram(code));
    }
}
