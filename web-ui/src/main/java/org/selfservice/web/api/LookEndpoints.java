package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.audit.Look;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.audit.Looks.Numbered;
import org.selfservice.kernel.audit.Looks.Wanted;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Granted;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/looks")
@Tag(name = "Audit")
class LookEndpoints {
    private static final int MOST = 100;

    private final Looks looks;
    private final KnownPrograms programs;

    LookEndpoints(Looks looks, KnownPrograms programs) {
        this.looks = looks;
        this.programs = programs;
    }

    /** @param next what to name as {@code after} for the next page; null when there is none */
    record LookPage(List<Look> looks, @Nullable String next) {}

    /**
     * @param actor login name of a member of staff, or client id of another system
     * @param until exclusive
     * @param after the last page's {@code next}
     */
    @Operation(operationId = "findLooks", summary = "A page of who was shown what is held about a person, newest first")
    @GetMapping
    LookPage some(
            @RequestParam(required = false) @Nullable RegistrantId registrant,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable ProgramCode program,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "limit"));
        }
        programs.refuseIfUnknown(program);
        Wanted wanted = new Wanted(registrant, actor, program, from, until, Granted.programs());
        List<Numbered> found = looks.find(wanted, before(after), limit + 1);
        List<Numbered> page = found.stream().limit(limit).toList();
        return new LookPage(
                page.stream().map(Numbered::look).toList(),
                found.size() > limit ? String.valueOf(page.getLast().number()) : null);
    }

    private static @Nullable Long before(@Nullable String after) {
        if (after == null) {
            return null;
        }
        if (!after.matches("\\d{1,18}")) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "after"));
        }
        return Long.valueOf(after);
    }
}
