package org.selfservice.web.application;

import java.util.List;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.web.Portal;
import org.springframework.stereotype.Component;

/** What else one may apply for. */
@Component
class OtherPrograms {
    private static final int SHOWN = 3;

    private final Portal portal;

    OtherPrograms(Portal portal) {
        this.portal = portal;
    }

    List<ProgramDetails> than(ProgramCode program) {
        return portal.ask(new FindPrograms(false)).programs().stream()
                .filter(other ->
                        other.state() == ProgramState.OPEN && !other.code().equals(program))
                .limit(SHOWN)
                .toList();
    }
}
