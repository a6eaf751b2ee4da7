package org.selfservice.command.application;

import static org.selfservice.command.Decide.refuseIf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRemoved;
import org.selfservice.kernel.application.ApplicationEvent.FormVersionAdopted;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormChanges;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;

/** What may be saved into an application: anything that its form asks for, right or wrong, as only sending requires it to be right. */
record Drafting(Case file, FormDefinition form) {

    /** Only what changed becomes an event. A field that somebody else changed since the page was read is not overwritten. */
    List<ApplicationEvent> save(SaveAnswers command, Instant keptUntil) {
        file.mustBe(ApplicationState.DRAFT, ApplicationState.INFORMATION_REQUESTED);
        Map<String, Answer> answers = command.answers().or(Map.of());
        Sizes.check(answers);
        List<String> unknown = FormRules.unknown(form, answers);
        refuseIf(!unknown.isEmpty(), RefusalCode.UNKNOWN_FIELD, "field", Sizes.names(unknown));
        refuse(RefusalCode.NOT_REQUESTED, answers.keySet().stream().filter(field -> !isAskedFor(field)));
        Map<String, Answer> changed = changed(answers);
        refuse(
                RefusalCode.ANSWERS_CHANGED_ELSEWHERE,
                changed.keySet().stream()
                        .filter(field -> file.draft().changedAt().getOrDefault(field, -1L) > command.basis()));
        if (changed.isEmpty()) {
            return List.of();
        }
        Map<String, AnswerSource> sources = new HashMap<>(command.sources());
        sources.keySet().retainAll(changed.keySet());
        sources.values().removeIf(source -> source.kind() == AnswerSource.Kind.TYPED);
        return List.of(new AnswersSaved(
                command.application(),
                command.registrant(),
                file.begun().program(),
                Personal.of(changed),
                Map.copyOf(sources),
                keptUntil));
    }

    /** Brings the draft from {@code form} to a newer version; what that one does not ask, or asks otherwise, is dropped. */
    List<ApplicationEvent> adopt(FormCode code, int version, FormDefinition newer) {
        file.mustBe(ApplicationState.DRAFT);
        if (code.equals(file.draft().form()) && version == file.draft().formVersion()) {
            return List.of();
        }
        List<String> dropped =
                FormChanges.lost(form, newer).stream().map(Field::id).toList();
        var started = file.begun();
        List<ApplicationEvent> events = new ArrayList<>();
        for (String field : dropped) {
            for (Evidence.Held held : file.evidence().in(field)) {
                events.add(new DocumentRemoved(
                        started.application(),
                        started.registrant(),
                        started.program(),
                        held.document().document(),
                        field));
            }
        }
        List<String> lost = dropped.stream()
                .filter(field -> file.draft().known().containsKey(field)
                        || file.evidence().deferred().containsKey(field)
                        || !file.evidence().in(field).isEmpty())
                .toList();
        events.add(new FormVersionAdopted(
                started.application(), started.registrant(), started.program(), code, version, lost));
        return events;
    }

    private Map<String, Answer> changed(Map<String, Answer> answers) {
        Map<String, Answer> known = file.draft().known();
        Map<String, Answer> changed = new LinkedHashMap<>(answers);
        changed.entrySet().removeIf(entry -> {
            Answer before = known.get(entry.getKey());
            return before == null ? entry.getValue().isEmpty() : before.equals(entry.getValue());
        });
        return changed;
    }

    private boolean isAskedFor(String field) {
        var request = file.review().request();
        return file.state() == ApplicationState.DRAFT
                || (request != null && request.fields().contains(field));
    }

    private static void refuse(RefusalCode code, Stream<String> fields) {
        String names = fields.sorted().collect(Collectors.joining(", "));
        refuseIf(!names.isEmpty(), code, "fields", names);
    }
}
