package org.selfservice.query.analytics;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Channel;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.analytics.ApplicationFacts;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.query.View;
import org.springframework.stereotype.Component;

/** One document an application, of what is counted. */
@Component
final class FactsView implements View<ApplicationFacts> {
    private static final HexFormat HEX = HexFormat.of();

    @Override
    public String name() {
        return "facts";
    }

    @Override
    public Class<ApplicationFacts> document() {
        return ApplicationFacts.class;
    }

    @Override
    public Set<Class<? extends Event>> reads() {
        return Set.of(ApplicationEvent.class);
    }

    @Override
    public String id(Event event) {
        return idOf(event.stream());
    }

    @Override
    public ApplicationFacts empty(String id) {
        return new ApplicationFacts(
                id,
                null,
                null,
                0,
                0,
                "en",
                Channel.WEB,
                ApplicationState.DRAFT,
                null,
                Set.of(),
                null,
                null,
                null,
                null,
                false,
                0);
    }

    @Override
    public ApplicationFacts apply(ApplicationFacts facts, Event event, Meta meta) {
        return new Tally(facts).after((ApplicationEvent) event, meta);
    }

    /** What is filtered and grouped by. */
    @Override
    public Map<String, @Nullable Object> lifted(ApplicationFacts facts) {
        Map<String, @Nullable Object> lifted = new HashMap<>();
        lifted.put("program", facts.program() == null ? null : facts.program().value());
        lifted.put("form", facts.form() == null ? null : form(facts.form(), facts.formVersion()));
        lifted.put("region", facts.region());
        lifted.put("language", facts.language());
        lifted.put("channel", facts.channel().name());
        lifted.put("state", facts.state().name());
        lifted.put("reason", facts.rejectedFor());
        lifted.put("startedAt", facts.startedAt() == null ? null : Date.from(facts.startedAt()));
        lifted.put("dayStarted", day(facts.startedAt()));
        lifted.put("daySent", day(facts.submittedAt()));
        lifted.put("dayDecided", day(facts.decidedAt()));
        lifted.put("minutesToSubmit", facts.minutesToSubmit());
        lifted.put("hoursToDecide", facts.hoursToDecide());
        return lifted;
    }

    @Override
    public List<Index> indexes() {
        return List.of(
                Index.on("startedAt", "_id"),
                Index.on("program", "startedAt", "_id"),
                Index.on("region", "startedAt", "_id"),
                Index.on("program", "region", "startedAt", "_id"));
    }

    static String form(FormCode form, int version) {
        return form.value() + " " + version;
    }

    static String idOf(String stream) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("facts of " + stream).getBytes(StandardCharsets.UTF_8));
            return HEX.formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static @Nullable String day(@Nullable Instant at) {
        return at == null ? null : LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
    }
}
