package org.selfservice.web.application.staff;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.CaseQuery.Order;
import org.selfservice.kernel.application.CaseQuery.Wanted;
import org.selfservice.kernel.program.ProgramCode;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A filter of the queue as its address says it. What makes no sense is left out: an old bookmark still opens.
 *
 * @param state null for all that wait
 * @param days age in days, at least; 0 for any
 * @param late past the date that was promised
 */
record Filter(
        String program,
        @Nullable ApplicationState state,
        Who who,
        boolean suspected,
        boolean owing,
        boolean unanswered,
        boolean late,
        int days,
        Order order) {
    static final List<ApplicationState> STATES = List.of(
            ApplicationState.SUBMITTED,
            ApplicationState.IN_REVIEW,
            ApplicationState.INFORMATION_REQUESTED,
            ApplicationState.APPROVED,
            ApplicationState.REJECTED,
            ApplicationState.WITHDRAWN);
    static final List<Integer> DAYS = List.of(7, 14, 30, 60);
    static final Filter NONE = new Filter("", null, Who.ANYBODY, false, false, false, false, 0, Order.OLDEST);

    enum Who {
        ANYBODY,
        ME,
        NOBODY,
        SOMEBODY
    }

    static Filter of(MultiValueMap<String, String> asked) {
        return new Filter(
                program(asked.getFirst("program")),
                STATES.stream()
                        .filter(state -> state.name().equals(asked.getFirst("state")))
                        .findFirst()
                        .orElse(null),
                named(Who.values(), asked.getFirst("who"), Who.ANYBODY),
                asked.containsKey("suspected"),
                asked.containsKey("owing"),
                asked.containsKey("unanswered"),
                asked.containsKey("late"),
                DAYS.stream()
                        .filter(days -> String.valueOf(days).equals(asked.getFirst("days")))
                        .findFirst()
                        .orElse(0),
                named(Order.values(), asked.getFirst("order"), Order.OLDEST));
    }

    /** Of what {@link #query} wrote. */
    static Filter parse(String query) {
        return of(UriComponentsBuilder.newInstance().query(query).build().getQueryParams());
    }

    Wanted wanted(String me, Instant now) {
        Wanted wanted = state == null ? Wanted.waiting() : Wanted.in(List.of(state));
        return wanted.of(program.isEmpty() ? null : new ProgramCode(program))
                .with(
                        switch (who) {
                            case ANYBODY -> null;
                            case ME -> me;
                            case NOBODY -> Wanted.NOBODY;
                            case SOMEBODY -> Wanted.SOMEBODY;
                        })
                .suspected(suspected)
                .owing(owing)
                .unanswered(unanswered)
                .sentUntil(days == 0 ? null : now.minus(Duration.ofDays(days)))
                .promisedUntil(late ? now : null);
    }

    /** Without the leading question mark; empty for all that wait. */
    String query() {
        Map<String, String> parts = new LinkedHashMap<>();
        if (!program.isEmpty()) {
            parts.put("program", program);
        }
        if (state != null) {
            parts.put("state", state.name());
        }
        if (who != Who.ANYBODY) {
            parts.put("who", who.name());
        }
        putIf(suspected, parts, "suspected");
        putIf(owing, parts, "owing");
        putIf(unanswered, parts, "unanswered");
        putIf(late, parts, "late");
        if (days > 0) {
            parts.put("days", String.valueOf(days));
        }
        if (order != Order.OLDEST) {
            parts.put("order", order.name());
        }
        return String.join(
                "&",
                parts.entrySet().stream()
                        .map(part -> part.getKey() + "=" + part.getValue())
                        .toList());
    }

    String address() {
        String query = query();
        return QueuePage.ADDRESS + (query.isEmpty() ? "" : "?" + query);
    }

    private static void putIf(boolean wanted, Map<String, String> parts, String name) {
        if (wanted) {
            parts.put(name, "yes");
        }
    }

    private static String program(@Nullable String code) {
        try {
            return code == null || code.isEmpty() ? "" : new ProgramCode(code).value();
        } catch (Refused noCode) {
            return "";
        }
    }

    private static <E extends Enum<E>> E named(E[] all, @Nullable String name, E otherwise) {
        return Arrays.stream(all)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(otherwise);
    }
}
