package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.RenameForm;
import org.selfservice.kernel.form.FormCommand.RetireFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.form.FormQuery.FindForms;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormQuery.FormVersion;
import org.selfservice.kernel.form.FormQuery.Forms;
import org.selfservice.web.Portal;
import org.selfservice.web.form.Questionnaire;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/forms")
@Tag(name = "Forms")
class FormEndpoints {
    private final Portal portal;

    FormEndpoints(Portal portal) {
        this.portal = portal;
    }

    record NewForm(FormCode code, LocalizedText title) {}

    @Operation(operationId = "findForms", summary = "All forms, with their newest versions")
    @GetMapping
    Forms all() {
        return portal.ask(new FindForms());
    }

    @Operation(operationId = "findForm", summary = "A form: its draft and the list of its published versions")
    @GetMapping("/{code}")
    FormFile one(@PathVariable FormCode code, @RequestParam(defaultValue = "-1") long atLeast) {
        FormFile form = portal.ask(new FindForm(code), answer -> answer.sequence() >= atLeast);
        if (form.sequence() < 0) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return form;
    }

    @Operation(operationId = "findFormVersion", summary = "A published version of a form")
    @GetMapping("/{code}/versions/{version}")
    FormVersion version(@PathVariable FormCode code, @PathVariable int version) {
        FormVersion published = portal.ask(new FindFormVersion(code, version));
        if (published.definition() == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return published;
    }

    @Operation(operationId = "createForm", summary = "Create a form")
    @PostMapping
    ResponseEntity<Position> create(@RequestBody NewForm form) {
        Position position = portal.send(new CreateForm(form.code(), form.title()));
        return ResponseEntity.created(URI.create("/api/v1/forms/" + form.code()))
                .body(position);
    }

    @Operation(
            operationId = "renameForm",
            summary = "Give a form another title",
            description = "Its code stays, as it stands in addresses. With `basis`, the sequence of the form as it was"
                    + " read, a form that others changed since is refused with CHANGED_MEANWHILE.")
    @PutMapping("/{code}/title")
    Position rename(
            @PathVariable FormCode code,
            @RequestParam(required = false) @Nullable Long basis,
            @RequestBody LocalizedText title) {
        return portal.send(new RenameForm(code, title, basis));
    }

    @Operation(
            operationId = "findFormDraft",
            summary = "The questions of a form's draft, as they can be written to this or another form")
    @GetMapping("/{code}/draft")
    Questionnaire draft(@PathVariable FormCode code, @RequestParam(defaultValue = "-1") long atLeast) {
        FormDefinition draft = one(code, atLeast).draft();
        return draft == null ? new Questionnaire(List.of(), null) : Questionnaire.of(draft);
    }

    @Operation(
            operationId = "findFormVersionQuestions",
            summary = "The questions of a published version, as they can be written to this or another form")
    @GetMapping("/{code}/versions/{version}/questions")
    Questionnaire questions(@PathVariable FormCode code, @PathVariable int version) {
        return Questionnaire.of(Objects.requireNonNull(version(code, version).definition()));
    }

    @Operation(
            operationId = "reviseFormDraft",
            summary = "Write the questions of a form's draft",
            description = "With `basis`, the sequence of the form as it was read, a form that others changed since is"
                    + " refused with CHANGED_MEANWHILE instead of being written over.")
    @PutMapping("/{code}/draft")
    Position revise(
            @PathVariable FormCode code,
            @RequestParam(required = false) @Nullable Long basis,
            @RequestBody Questionnaire draft) {
        return portal.send(new ReviseFormDraft(code, draft.definition(), basis));
    }

    @Operation(operationId = "copyForm", summary = "Create a form with the questions of another one's draft")
    @PostMapping("/{code}/copies")
    ResponseEntity<Position> copy(@PathVariable FormCode code, @RequestBody NewForm form) {
        FormDefinition draft = one(code, -1).draft();
        Position position = portal.send(new CreateForm(form.code(), form.title()));
        if (draft != null) {
            position = portal.send(new ReviseFormDraft(form.code(), draft, position.sequence()));
        }
        return ResponseEntity.created(URI.create("/api/v1/forms/" + form.code()))
                .body(position);
    }

    @Operation(
            operationId = "publishFormVersion",
            summary = "Publish a form's draft as its next version",
            description = "With `basis`, the sequence of the form as it was read, a form that others changed since is"
                    + " refused with CHANGED_MEANWHILE: what is published is what was looked at.")
    @PostMapping("/{code}/versions")
    @ResponseStatus(HttpStatus.CREATED)
    Position publish(@PathVariable FormCode code, @RequestParam(required = false) @Nullable Long basis) {
        return portal.send(new PublishFormVersion(code, basis));
    }

    @Operation(operationId = "retireFormVersion", summary = "Retire a version of a form")
    @PostMapping("/{code}/versions/{version}/retirement")
    Position retire(@PathVariable FormCode code, @PathVariable int version) {
        return portal.send(new RetireFormVersion(code, version));
    }
}
