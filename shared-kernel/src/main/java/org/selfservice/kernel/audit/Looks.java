package org.selfservice.kernel.audit;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Role;
import org.selfservice.kernel.audit.Look.Purpose;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * Who was shown what is held about whom. Kept apart from the events, since whoever looks changes nothing; kept also when the
 * person is erased, since there is nothing personal in it.
 */
public interface Looks {
    /** All of them or none. */
    void keep(List<Look> looks);

    /**
     * Newest first.
     *
     * @param before the number of the last one of the page before; null for the first page
     */
    List<Numbered> find(Wanted wanted, @Nullable Long before, int limit);

    /**
     * What a person may know about who looked: what the same one saw for the same purpose on the same day (UTC) is one
     * line. Newest first.
     *
     * @param before the number of the last line of the page before; null for the first page
     */
    List<Line> of(RegistrantId registrant, @Nullable Long before, int limit);

    /** @param number grows with time */
    record Numbered(long number, Look look) {}

    /**
     * @param number of the newest look in it
     * @param last when that was
     */
    record Line(
            long number,
            Role role,
            Purpose purpose,
            @Nullable String stream,
            @Nullable ProgramCode program,
            Instant last,
            long times) {}

    /**
     * What is left out does not matter.
     *
     * @param programs those that whoever asks may know of; null for all, and for what is of no program
     * @param until exclusive
     */
    record Wanted(
            @Nullable RegistrantId registrant,
            @Nullable String actor,
            @Nullable ProgramCode program,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable Set<ProgramCode> programs) {}
}
