package org.selfservice.query.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.audit.AuditQuery.Change;
import org.selfservice.kernel.audit.AuditQuery.Changed;
import org.selfservice.kernel.audit.AuditQuery.Changes;
import org.selfservice.kernel.audit.AuditQuery.FindChanges;
import org.selfservice.kernel.audit.AuditQuery.FindThen;
import org.selfservice.kernel.audit.AuditQuery.Questions;
import org.selfservice.kernel.audit.AuditQuery.Then;
import org.selfservice.kernel.audit.Moment;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramEvent;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.query.Past;
import org.selfservice.query.Past.Step;
import org.springframework.stereotype.Component;

@Component
final class AuditAnswers {
    private final Past past;

    /** What begins a stream's id, and what the view calls it that shows the stream. */
    private enum Kind {
        APPLICATION("a-", "application"),
        REGISTRANT("r-", "dossier"),
        ENROLMENT("e-", "dossier"),
        PROGRAM("program-", "program"),
        FORM("form-", "form");

        private final String prefix;
        private final String view;

        Kind(String prefix, String view) {
            this.prefix = prefix;
            this.view = view;
        }

        static Kind of(String stream) {
            return Arrays.stream(values())
                    .filter(kind -> stream.startsWith(kind.prefix))
                    .findFirst()
                    .orElseThrow(() -> new Refused(RefusalCode.NOT_FOUND));
        }

        /** Programs and forms go by their codes. */
        String document(String stream) {
            return this == PROGRAM || this == FORM ? stream.substring(prefix.length()) : stream;
        }
    }

    AuditAnswers(Past past) {
        this.past = past;
    }

    /** Each stream is read once, whatever is asked of it. */
    @QueryHandler
    Changes changes(FindChanges query) {
        Map<String, Set<Long>> asked = new LinkedHashMap<>();
        query.events()
                .forEach(place -> asked.computeIfAbsent(place.stream(), _ -> new TreeSet<>())
                        .add(place.sequence()));
        List<Changed> all = new ArrayList<>();
        asked.forEach((stream, sequences) -> {
            boolean unsent = isUnsent(stream);
            past.steps(Kind.of(stream).view, stream, sequences).stream()
                    .map(step -> new Changed(
                            step.place(),
                            registrant(step.event()),
                            program(step.event()),
                            questions(step.after()),
                            unsent,
                            unsent ? List.of() : changes(step)))
                    .forEach(all::add);
        });
        return new Changes(all);
    }

    private static List<Change> changes(Step step) {
        return Stream.concat(
                        Facts.of(step.before()).until(Facts.of(step.after())).stream(),
                        Facts.of(step.event()).erased().stream())
                .toList();
    }

    /** @throws Refused NOT_FOUND when nothing of the kind can be asked for */
    @QueryHandler
    Then then(FindThen query) {
        String subject = query.of();
        Past.Then then = at(subject, query.then());
        Past.Then later = query.later() == null ? then : at(subject, query.later());
        boolean unsent = then.events().stream().noneMatch(ApplicationSubmitted.class::isInstance) && isUnsent(subject);
        Facts facts = Facts.of(then.shown());
        Event any = Stream.concat(then.events().stream(), later.events().stream())
                .findFirst()
                .orElse(null);
        return new Then(
                subject,
                registrant(any),
                program(any),
                questions(then.events().isEmpty() ? later.shown() : then.shown()),
                then.events().size(),
                unsent,
                then.events().stream().anyMatch(event -> Facts.of(event).anyErased()),
                unsent || then.events().isEmpty() ? List.of() : facts.list(),
                unsent || query.later() == null ? List.of() : facts.until(Facts.of(later.shown())));
    }

    private Past.Then at(String subject, Moment moment) {
        Kind kind = Kind.of(subject);
        return past.at(kind.view, kind.document(subject), subject, moment);
    }

    private boolean isUnsent(String stream) {
        return Kind.of(stream) == Kind.APPLICATION && !past.has(stream, ApplicationSubmitted.class);
    }

    private static @Nullable Questions questions(Object shown) {
        return shown instanceof ApplicationFile file && file.form() != null
                ? new Questions(file.form(), file.formVersion())
                : null;
    }

    private static @Nullable RegistrantId registrant(@Nullable Event event) {
        return switch (event) {
            case RegistrantEvent one -> one.registrant();
            case ApplicationEvent one -> one.registrant();
            case EnrolmentEvent one -> one.registrant();
            case null, default -> null;
        };
    }

    private static @Nullable ProgramCode program(@Nullable Event event) {
        return switch (event) {
            case ApplicationEvent one -> one.program();
            case EnrolmentEvent one -> one.program();
            case ProgramEvent one -> one.program();
            case null, default -> null;
        };
    }
}
