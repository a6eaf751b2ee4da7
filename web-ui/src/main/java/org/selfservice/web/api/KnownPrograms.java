package org.selfservice.web.api;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.web.Portal;
import org.springframework.stereotype.Component;

/** Where an empty answer would be taken for proof that nothing happened, a program that is not there is refused. */
@Component
class KnownPrograms {
    private final Portal portal;

    KnownPrograms(Portal portal) {
        this.portal = portal;
    }

    /**
     * @param program null for all
     * @throws Refused NOT_FOUND when there is none of this code, or not for whoever asks
     */
    void refuseIfUnknown(@Nullable ProgramCode program) {
        if (program != null && portal.ask(new FindProgram(program)).sequence() < 0) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
    }
}
