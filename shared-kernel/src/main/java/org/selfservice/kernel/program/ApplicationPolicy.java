package org.selfservice.kernel.program;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationState;

/**
 * How often one may apply. The one function that the card, the button and the command ask.
 *
 * @param limit of {@link Kind#PER_PERIOD}: how many in the period, 1 or more
 * @param periodDays of {@link Kind#PER_PERIOD}: counted back from the day of applying
 * @param againAfterRejection of {@link Kind#ONCE}: whether a rejected application does not count
 * @param againAfterWithdrawal of {@link Kind#ONCE}: whether a withdrawn or expired application does not count
 */
public record ApplicationPolicy(
        Kind kind, int limit, int periodDays, boolean againAfterRejection, boolean againAfterWithdrawal) {

    public enum Kind {
        /** Once only. */
        ONCE,
        /** Again and again, one open application at a time. */
        ONE_OPEN,
        /** At most {@code limit} within {@code periodDays}, one open at a time. */
        PER_PERIOD
    }

    public ApplicationPolicy {
        if (kind == Kind.PER_PERIOD && (limit < 1 || periodDays < 1)) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "limit"));
        }
    }

    public static ApplicationPolicy once() {
        return new ApplicationPolicy(Kind.ONCE, 1, 0, true, true);
    }

    public static ApplicationPolicy oneOpen() {
        return new ApplicationPolicy(Kind.ONE_OPEN, 1, 0, true, true);
    }

    public static ApplicationPolicy perPeriod(int limit, int days) {
        return new ApplicationPolicy(Kind.PER_PERIOD, limit, days, true, true);
    }

    /**
     * An earlier application of the same person to the same program.
     *
     * @param startedOn the day on which it was begun, in the program's zone
     */
    public record Earlier(ApplicationState state, LocalDate startedOn) {}

    /** @param refusal why not; null when one may */
    public record Answer(Refused.@Nullable Refusal refusal) {
        public boolean allowed() {
            return refusal == null;
        }
    }

    /** @param earlier all earlier applications of the person to the program, in order */
    public Answer mayApply(List<Earlier> earlier, LocalDate today) {
        if (earlier.stream().anyMatch(one -> one.state().isOpen())) {
            return no(RefusalCode.APPLICATION_STILL_OPEN, Map.of());
        }
        return switch (kind) {
            case ONCE ->
                earlier.stream().anyMatch(one -> counts(one.state()))
                        ? no(RefusalCode.ALREADY_APPLIED, Map.of())
                        : new Answer(null);
            case ONE_OPEN -> new Answer(null);
            case PER_PERIOD -> {
                LocalDate since = today.minusDays(periodDays);
                List<LocalDate> recent = earlier.stream()
                        .filter(one ->
                                one.state() != ApplicationState.EXPIRED && one.state() != ApplicationState.WITHDRAWN)
                        .map(Earlier::startedOn)
                        .filter(day -> day.isAfter(since))
                        .sorted()
                        .toList();
                yield recent.size() < limit
                        ? new Answer(null)
                        : no(
                                RefusalCode.PERIOD_LIMIT_REACHED,
                                Map.of(
                                        "from",
                                        recent.get(recent.size() - limit)
                                                .plusDays(periodDays)
                                                .toString()));
            }
        };
    }

    /** Today as the program counts days. */
    public static LocalDate today(java.time.Instant now, String zone) {
        return LocalDate.ofInstant(now, ZoneId.of(zone));
    }

    private boolean counts(ApplicationState state) {
        return switch (state) {
            case REJECTED -> !againAfterRejection;
            case WITHDRAWN, EXPIRED -> !againAfterWithdrawal;
            default -> true;
        };
    }

    private static Answer no(RefusalCode code, Map<String, String> details) {
        return new Answer(new Refused.Refusal(code, details));
    }
}
