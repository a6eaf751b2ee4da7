package org.selfservice.web.analytics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.analytics.ApplicationFacts;

/** What a file of facts holds of each application. Days, not moments: whoever knows when somebody sent theirs should not find it. */
public enum Column {
    PROGRAM(Type.TEXT, facts -> facts.program() == null ? null : facts.program().value()),
    FORM(Type.TEXT, facts -> facts.form() == null ? null : facts.form().value()),
    FORM_VERSION(Type.NUMBER, ApplicationFacts::formVersion),
    ORDINAL(Type.NUMBER, ApplicationFacts::ordinal),
    LANGUAGE(Type.TEXT, ApplicationFacts::language),
    CHANNEL(Type.TEXT, facts -> facts.channel().name()),
    STATE(Type.TEXT, facts -> facts.state().name()),
    REGION(Type.TEXT, ApplicationFacts::region),
    STARTED_ON(Type.DAY, facts -> day(facts.startedAt())),
    SENT_ON(Type.DAY, facts -> day(facts.submittedAt())),
    DECIDED_ON(Type.DAY, facts -> day(facts.decidedAt())),
    MINUTES_TO_SEND(Type.NUMBER, ApplicationFacts::minutesToSubmit),
    HOURS_TO_DECIDE(Type.NUMBER, ApplicationFacts::hoursToDecide),
    REASON(Type.TEXT, ApplicationFacts::rejectedFor),
    CORRECTED(Type.YES_NO, ApplicationFacts::corrected),
    REQUESTS(Type.NUMBER, ApplicationFacts::requests);

    public enum Type {
        TEXT,
        /** A whole one. */
        NUMBER,
        /** ISO 8601, in UTC. */
        DAY,
        /** {@code true} or {@code false}. */
        YES_NO
    }

    private final Type type;
    private final Function<ApplicationFacts, @Nullable Object> value;

    Column(Type type, Function<ApplicationFacts, @Nullable Object> value) {
        this.type = type;
        this.value = value;
    }

    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Type type() {
        return type;
    }

    @Nullable
    Object of(ApplicationFacts facts) {
        return value.apply(facts);
    }

    private static @Nullable String day(@Nullable Instant at) {
        return at == null ? null : LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
    }
}
