package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.RejectApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.web.Portal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Many decisions at once, each by itself: what one is refused for keeps no other from being done. */
@RestController
@RequestMapping("/api/v1/cases/decisions")
@Tag(name = "Cases")
class DecisionEndpoints {
    private static final int MOST = 100;

    private final Portal portal;

    DecisionEndpoints(Portal portal) {
        this.portal = portal;
    }

    /**
     * @param cases 1 to 100, each once
     * @param reason code of one of the rejection reasons of the programs; left out for an approval
     * @param explanation what each person reads
     */
    record Decisions(
            List<ApplicationId> cases,
            boolean approved,
            @Nullable String reason,
            @Nullable String explanation) {}

    /** @param rows in the order of the request */
    record DecisionResults(List<DecisionResult> rows) {}

    /**
     * @param sequence of the decision in the case's stream; null when it was refused
     * @param code of the refusal
     */
    record DecisionResult(
            ApplicationId id,
            @Nullable Long sequence,
            @Nullable RefusalCode code) {}

    @Operation(operationId = "decideApplications", summary = "Approve or reject many cases, each on its own")
    @PostMapping
    DecisionResults decide(
            @RequestBody Decisions decisions,
            @Parameter(hidden = true) @RequestHeader(required = false, name = "If-Match") @Nullable String expected) {
        if (expected != null) {
            // they are many streams, each at a version of its own
            throw new Refused(RefusalCode.INVALID, Map.of("field", "If-Match"));
        }
        List<ApplicationId> cases = decisions.cases();
        if (cases.isEmpty() || cases.size() > MOST || new HashSet<>(cases).size() < cases.size()) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "cases"));
        }
        if (decisions.approved() == (decisions.reason() != null)) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "reason"));
        }
        return new DecisionResults(
                cases.stream().map(id -> decide(id, decisions)).toList());
    }

    private DecisionResult decide(ApplicationId id, Decisions decisions) {
        Personal<String> explanation = Personal.of(Objects.requireNonNullElse(decisions.explanation(), ""));
        ApplicationCommand command = decisions.approved()
                ? new ApproveApplication(id, explanation)
                : new RejectApplication(id, Objects.requireNonNull(decisions.reason()), explanation);
        try {
            return new DecisionResult(id, portal.send(command).sequence(), null);
        } catch (Refused no) {
            return new DecisionResult(id, null, no.code());
        }
    }
}
