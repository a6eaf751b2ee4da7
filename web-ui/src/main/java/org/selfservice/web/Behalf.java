package org.selfservice.web;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.Permission;

/**
 * That somebody acts for the registrant: an officer who is beside them, or a delegate.
 *
 * @param officer the login name of the officer; null for a delegate
 * @param program the only one that a delegate may deal with; null for all
 */
public record Behalf(@Nullable String officer, @Nullable ProgramCode program, Permission permission) {

    public static Behalf of(String officer) {
        return new Behalf(officer, null, Permission.APPLY);
    }

    public static Behalf of(@Nullable ProgramCode program, Permission permission) {
        return new Behalf(null, program, permission);
    }

    public boolean isOfficer() {
        return officer != null;
    }

    boolean reaches(@Nullable ProgramCode wanted) {
        return program == null || program.equals(wanted);
    }
}
