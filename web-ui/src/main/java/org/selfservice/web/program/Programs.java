package org.selfservice.web.program;

import java.util.List;
import java.util.Objects;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.web.Portal;
import org.springframework.stereotype.Component;

/** Programs that the public may see: those that ever opened. */
@Component
class Programs {
    private static final int OTHERS = 3;

    private final Portal portal;

    Programs(Portal portal) {
        this.portal = portal;
    }

    /** @throws Refused NOT_FOUND when there is none, or it never opened */
    ProgramDetails find(String code) {
        ProgramDetails program = portal.ask(new FindProgram(code(code)));
        if (!program.exists() || program.state() == ProgramState.DRAFT) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return program;
    }

    /** The questions that a new application has. */
    FormDefinition form(ProgramDetails program) {
        var mapped = Objects.requireNonNull(program.form(), "a program that opened has a form");
        return Objects.requireNonNull(
                portal.ask(new FindFormVersion(mapped.form(), mapped.version())).definition(),
                "a mapped form version has a definition");
    }

    /** What else one may apply for. */
    List<ProgramDetails> otherThan(ProgramDetails program) {
        return portal.ask(new FindPrograms(false)).programs().stream()
                .filter(other ->
                        other.state() == ProgramState.OPEN && !other.code().equals(program.code()))
                .limit(OTHERS)
                .toList();
    }

    private static ProgramCode code(String code) {
        try {
            return new ProgramCode(code);
        } catch (Refused noCode) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
    }
}
