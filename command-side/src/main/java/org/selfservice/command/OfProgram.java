package org.selfservice.command;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.program.ProgramCode;

/** An aggregate that belongs to one program, which its commands do not name. */
public interface OfProgram {
    /** @return null before it exists */
    @Nullable
    ProgramCode program();
}
