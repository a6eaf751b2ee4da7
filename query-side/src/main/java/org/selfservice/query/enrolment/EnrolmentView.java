package org.selfservice.query.enrolment;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentPaused;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentResumed;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EntitlementGranted;
import org.selfservice.kernel.enrolment.EnrolmentEvent.PaymentRecorded;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentLine;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.query.View;
import org.springframework.stereotype.Component;

/** One document per enrolment, without anything personal: reasons are in the dossier, which forgets them with its person. */
@Component
final class EnrolmentView implements View<EnrolmentLine> {
    @Override
    public String name() {
        return "enrolment";
    }

    @Override
    public Class<EnrolmentLine> document() {
        return EnrolmentLine.class;
    }

    @Override
    public Set<Class<? extends Event>> reads() {
        return Set.of(EnrolmentEvent.class);
    }

    @Override
    public String id(Event event) {
        return ((EnrolmentEvent) event).enrolment().value();
    }

    @Override
    public EnrolmentLine empty(String id) {
        return new EnrolmentLine(new EnrolmentId(id), null, null, EnrolmentState.EXITED, null, null, -1);
    }

    @Override
    public EnrolmentLine apply(EnrolmentLine line, Event event, Meta meta) {
        EnrolmentEvent one = (EnrolmentEvent) event;
        return switch (one) {
            case RegistrantEnrolled e -> in(EnrolmentState.ENROLLED, meta.at(), e.application(), one, line.id(), meta);
            case EnrolmentPaused _ -> in(EnrolmentState.PAUSED, meta.at(), line.application(), one, line.id(), meta);
            case EnrolmentResumed _ -> in(EnrolmentState.ENROLLED, meta.at(), line.application(), one, line.id(), meta);
            case EnrolmentExited _ -> in(EnrolmentState.EXITED, meta.at(), line.application(), one, line.id(), meta);
            case EntitlementGranted _, PaymentRecorded _ ->
                in(line.state(), line.since(), line.application(), one, line.id(), meta);
        };
    }

    /** What staff lists filter and sort by. */
    @Override
    public Map<String, @Nullable Object> lifted(EnrolmentLine line) {
        Map<String, @Nullable Object> lifted = new HashMap<>();
        lifted.put("program", line.program() == null ? null : line.program().value());
        lifted.put("state", line.state().name());
        lifted.put("since", line.since() == null ? null : Date.from(line.since()));
        return lifted;
    }

    @Override
    public List<Index> indexes() {
        return List.of(
                Index.on("-since", "-_id"),
                Index.on("program", "-since", "-_id"),
                Index.on("state", "-since", "-_id"),
                Index.on("program", "state", "-since", "-_id"));
    }

    private static EnrolmentLine in(
            EnrolmentState state,
            @Nullable Instant since,
            @Nullable ApplicationId application,
            EnrolmentEvent event,
            EnrolmentId id,
            Meta meta) {
        return new EnrolmentLine(id, event.registrant(), event.program(), state, since, application, meta.sequence());
    }
}
