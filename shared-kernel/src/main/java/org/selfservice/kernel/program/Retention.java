package org.selfservice.kernel.program;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationState;

/**
 * For how many days a program keeps what is personal in an application that came to nothing, from the moment at which it was
 * closed. 1 to 36,500; null keeps it until its person asks for erasure. What is open or approved is kept.
 *
 * @param expiredDays of drafts that were not sent in time
 */
public record Retention(
        @Nullable Integer rejectedDays,
        @Nullable Integer withdrawnDays,
        @Nullable Integer expiredDays) {
    private static final int LONGEST = 36_500;

    /** Until a program says otherwise. */
    public static final Retention NO_END = new Retention(null, null, null);

    public Retention {
        check("rejectedDays", rejectedDays);
        check("withdrawnDays", withdrawnDays);
        check("expiredDays", expiredDays);
    }

    /** @return null when an application in that state is kept */
    public @Nullable Integer days(ApplicationState state) {
        return switch (state) {
            case REJECTED -> rejectedDays;
            case WITHDRAWN -> withdrawnDays;
            case EXPIRED -> expiredDays;
            case DRAFT, SUBMITTED, IN_REVIEW, INFORMATION_REQUESTED, APPROVED -> null;
        };
    }

    /**
     * @param since when the application came into that state
     * @return when it is to be erased; null when it is kept
     */
    public @Nullable Instant until(ApplicationState state, Instant since) {
        Integer days = days(state);
        return days == null ? null : since.plus(Duration.ofDays(days));
    }

    /** Whether it says anything. */
    public boolean ends() {
        return !equals(NO_END);
    }

    private static void check(String field, @Nullable Integer days) {
        if (days != null && (days < 1 || days > LONGEST)) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", field));
        }
    }
}
