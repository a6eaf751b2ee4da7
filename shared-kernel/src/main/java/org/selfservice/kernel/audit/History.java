package org.selfservice.kernel.audit;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * Of every event who caused it, when, and whom and what it is about, so that it is found among millions. What it says stays in
 * the event store alone.
 */
public interface History {
    /** Those that are kept already stay as they are. */
    void keep(List<Line> lines);

    /**
     * Newest first.
     *
     * @param before the number of the last one of the page before; null for the first page
     */
    List<Line> find(Wanted wanted, @Nullable Long before, int limit);

    /**
     * What a stream, or all that is about a person, consisted of; in the order in which it happened.
     *
     * @param subject a stream's id; a registrant's stands for all that is about them
     */
    List<Place> upTo(String subject, Moment until);

    /**
     * @param number among all events: a later one has a greater number
     * @param event its stored name
     * @param registrant whom it is about; null when it is about nobody
     * @param program null when it is of no program
     */
    record Line(
            long number,
            Place place,
            String event,
            Instant at,
            Author author,
            @Nullable RegistrantId registrant,
            @Nullable ProgramCode program) {}

    /**
     * What is left out does not matter.
     *
     * @param number of one event
     * @param event a stored name
     * @param until exclusive
     * @param programs those that whoever asks may know of; null for all, and for what is of no program
     */
    record Wanted(
            @Nullable Long number,
            @Nullable String stream,
            @Nullable RegistrantId registrant,
            @Nullable String actor,
            @Nullable String event,
            @Nullable ProgramCode program,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable Set<ProgramCode> programs) {}
}
