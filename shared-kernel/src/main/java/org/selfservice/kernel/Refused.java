package org.selfservice.kernel;

import java.util.Map;

/** The one way in which a rule says no. The text that a person reads is looked up by the code; details fill its gaps. */
public final class Refused extends RuntimeException {
    private final transient Refusal refusal;

    public Refused(RefusalCode code) {
        this(code, Map.of());
    }

    /** @param details names and values without personal content; a field's id, a limit, a date */
    public Refused(RefusalCode code, Map<String, String> details) {
        this(new Refusal(code, details));
    }

    public Refused(Refusal refusal) {
        super(refusal.code() + (refusal.details().isEmpty() ? "" : " " + refusal.details()), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    public RefusalCode code() {
        return refusal.code();
    }

    public Map<String, String> details() {
        return refusal.details();
    }

    /** The form of a refusal that travels over a bus. */
    public record Refusal(RefusalCode code, Map<String, String> details) {
        public Refusal {
            details = Map.copyOf(details);
        }
    }
}
