package org.selfservice.web.program;

import java.time.LocalDate;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;

/** Whether a program takes applications on a day, and if not, why not. */
public enum Offer {
    OPEN,
    /** Open, and its first day is still to come. */
    NOT_YET,
    /** Open, and its last day has passed. */
    OVER,
    SUSPENDED,
    CLOSED;

    static Offer of(ProgramDetails program, ProgramProfile profile, LocalDate today) {
        return switch (program.state()) {
            case OPEN -> {
                if (profile.opensOn() != null && today.isBefore(profile.opensOn())) {
                    yield NOT_YET;
                }
                yield profile.closesOn() != null && today.isAfter(profile.closesOn()) ? OVER : OPEN;
            }
            case SUSPENDED -> SUSPENDED;
            case DRAFT, CLOSED -> CLOSED;
        };
    }
}
