package org.selfservice.web.program;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramProfile;

/** A program in the catalogue. */
public record Card(
        ProgramCode code, ProgramProfile profile, @Nullable LocalizedText suspension, Standing standing) {

    /** In the order of the page. */
    public enum Group {
        DRAFTS,
        APPLIED,
        OPEN,
        NOT_OPEN
    }

    Group group() {
        if (standing.draft().isPresent()) {
            return Group.DRAFTS;
        }
        if (standing.latest().isPresent() || standing.enrolment() != null) {
            return Group.APPLIED;
        }
        return standing.isOpen() ? Group.OPEN : Group.NOT_OPEN;
    }
}
