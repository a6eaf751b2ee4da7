package org.selfservice.kernel.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.Author.Evidence;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/**
 * How surely and how recently somebody must have proved who they are, for something that counts more than the rest (RFC 9470:
 * {@code acr_values} and {@code max_age}). Beside an officer it is the person who is helped who must have.
 *
 * @param assurance at least
 * @param withinMinutes so long ago at most, 1 to 1,440; null however long ago
 */
public record StepUp(Assurance assurance, @Nullable Integer withinMinutes) {
    /** By how much a provider's clock may be ahead of the portal's. */
    public static final Duration SKEW = Duration.ofMinutes(2);

    private static final int LONGEST = 1_440;

    /** Any login will do. */
    public static final StepUp NONE = new StepUp(Assurance.BASIC, null);

    public StepUp {
        if (withinMinutes != null && (withinMinutes < 1 || withinMinutes > LONGEST)) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "withinMinutes"));
        }
    }

    /** Whether it asks for more than a login. */
    public boolean asks() {
        return !equals(NONE);
    }

    /**
     * @param evidence null for nobody's login
     * @throws Refused AUTHENTICATION_TOO_WEAK or AUTHENTICATION_TOO_OLD; also when the provider did not say when it was
     */
    public void mustBeMetBy(@Nullable Evidence evidence, Instant now) {
        Assurance shown = evidence == null ? Assurance.BASIC : evidence.assurance();
        if (shown.compareTo(assurance) < 0) {
            throw new Refused(RefusalCode.AUTHENTICATION_TOO_WEAK, details());
        }
        if (withinMinutes != null && !isWithin(evidence == null ? null : evidence.authTime(), withinMinutes, now)) {
            throw new Refused(RefusalCode.AUTHENTICATION_TOO_OLD, details());
        }
    }

    private static boolean isWithin(@Nullable Instant proved, int minutes, Instant now) {
        return proved != null
                && !proved.plus(Duration.ofMinutes(minutes)).isBefore(now)
                && !proved.isAfter(now.plus(SKEW));
    }

    /** What is to be proved, for whoever is refused. */
    private Map<String, String> details() {
        return withinMinutes == null
                ? Map.of("assurance", assurance.name())
                : Map.of("assurance", assurance.name(), "minutes", Integer.toString(withinMinutes));
    }
}
