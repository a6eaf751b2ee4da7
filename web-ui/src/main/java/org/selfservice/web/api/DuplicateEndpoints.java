package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.application.ApplicationCommand.ResolveSuspicion;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindSuspicions;
import org.selfservice.kernel.application.ApplicationQuery.Suspicions;
import org.selfservice.kernel.application.Verdict;
import org.selfservice.web.Portal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cases that have something in common with another person's. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Cases")
class DuplicateEndpoints {
    private final Portal portal;

    DuplicateEndpoints(Portal portal) {
        this.portal = portal;
    }

    /** @param reason for staff; its person does not see it */
    record Resolution(Verdict verdict, String reason) {}

    @Operation(
            operationId = "findSuspicions",
            summary = "A page of cases that cannot be approved because they may be duplicates, newest first")
    @GetMapping("/duplicates")
    Suspicions some(
            @RequestParam(required = false) @Nullable String after, @RequestParam(defaultValue = "50") int limit) {
        return portal.ask(new FindSuspicions(after, limit));
    }

    @Operation(operationId = "resolveSuspicion", summary = "Say whether a case is a duplicate of another")
    @PostMapping("/cases/{id}/suspicions/{other}")
    Position resolve(
            @PathVariable ApplicationId id, @PathVariable ApplicationId other, @RequestBody Resolution resolution) {
        return portal.send(new ResolveSuspicion(id, other, resolution.verdict(), Personal.of(resolution.reason())));
    }
}
