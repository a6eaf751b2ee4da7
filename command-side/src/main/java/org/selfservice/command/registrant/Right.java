package org.selfservice.command.registrant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.Permission;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateGranted;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * A right to act for a person.
 *
 * @param program null for all
 * @param delegate null while nobody has accepted it
 */
record Right(
        @Nullable ProgramCode program,
        Permission permission,
        Instant until,
        String invitation,
        Instant acceptBy,
        @Nullable RegistrantId delegate,
        boolean revoked) {

    static Right of(DelegateGranted granted) {
        return new Right(
                granted.program(),
                granted.permission(),
                granted.until(),
                granted.invitation(),
                granted.acceptBy(),
                null,
                false);
    }

    Right heldBy(RegistrantId who) {
        return new Right(program, permission, until, invitation, acceptBy, who, revoked);
    }

    Right takenBack() {
        return new Right(program, permission, until, invitation, acceptBy, delegate, true);
    }

    boolean isOver(Instant now) {
        return revoked || !now.isBefore(until) || delegate == null && !now.isBefore(acceptBy);
    }

    /** Whether whoever brings this invitation may accept it. */
    boolean isOfferedWith(String code, Instant now) {
        return delegate == null && !isOver(now) && invitation.equals(code);
    }

    boolean allows(String who, @Nullable ProgramCode wanted, Instant now) {
        return !isOver(now)
                && permission == Permission.APPLY
                && delegate != null
                && delegate.value().equals(who)
                && (program == null || program.equals(wanted));
    }
}
