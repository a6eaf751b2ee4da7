package org.selfservice.command.application;

import static org.selfservice.command.Decide.refuseIf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selfservice.command.Texts;
import org.selfservice.command.application.Evidence.Held;
import org.selfservice.command.program.Offer;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ProvideInformation;
import org.selfservice.kernel.application.ApplicationCommand.RequestInformation;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.DocumentDeferred;
import org.selfservice.kernel.application.ApplicationEvent.InformationProvided;
import org.selfservice.kernel.application.ApplicationEvent.InformationRequested;
import org.selfservice.kernel.application.ApplicationEvent.RequestExpired;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;

/** A request for information and its answer: only what the form has can be asked for, only what was asked for is answered. */
record Answering(Case file, FormDefinition form, Instant now) {

    /** What was put off before is no longer put off: it is asked for now, and may be put off anew. */
    List<ApplicationEvent> request(RequestInformation command) {
        file.mustBe(ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW);
        Texts.checkReason("reason", command.reason());
        refuseIf(command.fields().isEmpty() && command.documents().isEmpty(), RefusalCode.NOTHING_REQUESTED);
        refuseIf(!command.deadline().isAfter(now), RefusalCode.INVALID, "field", "deadline");
        command.fields().forEach(field -> mustAsk(field, false));
        command.documents().forEach(field -> mustAsk(field, true));
        ApplicationStarted on = file.begun();
        List<String> documents = command.documents().stream().distinct().toList();
        List<ApplicationEvent> events = new ArrayList<>();
        documents.stream()
                .filter(field -> file.evidence().deferred().containsKey(field))
                .forEach(field ->
                        events.add(new DocumentDeferred(on.application(), on.registrant(), on.program(), field, null)));
        events.add(new InformationRequested(
                on.application(),
                on.registrant(),
                on.program(),
                command.fields().stream().distinct().toList(),
                documents,
                command.reason(),
                command.deadline()));
        return events;
    }

    /** A late answer is taken as long as the request has not expired. */
    InformationProvided provide(ProvideInformation command, Offer offer) {
        file.mustBe(ApplicationState.INFORMATION_REQUESTED);
        InformationRequested request = request();
        Set<String> fields = Set.copyOf(request.fields());
        List<String> missing = new ArrayList<>();
        FormRules.problems(
                        form,
                        file.draft().known(),
                        offer.today(now),
                        offer.terms().currency())
                .forEach(problem -> {
                    if (fields.contains(problem.path().split("[.\\[]", 2)[0])) {
                        missing.add(problem.path());
                    }
                });
        request.documents().stream()
                .filter(field ->
                        since(field).isEmpty() && !file.evidence().deferred().containsKey(field))
                .forEach(missing::add);
        refuseIf(!missing.isEmpty(), RefusalCode.ANSWERS_NOT_VALID, "fields", String.join(", ", missing));
        Map<String, Answer> answers = new HashMap<>(
                FormRules.normalize(form, file.draft().known(), offer.terms().currency()));
        answers.keySet().retainAll(fields);
        return new InformationProvided(
                command.application(),
                command.registrant(),
                file.begun().program(),
                Personal.of(Map.copyOf(answers)),
                request.documents().stream()
                        .flatMap(field -> since(field).stream())
                        .map(Held::document)
                        .toList());
    }

    RequestExpired expire() {
        file.mustBe(ApplicationState.INFORMATION_REQUESTED);
        refuseIf(
                now.isBefore(request().deadline()),
                RefusalCode.APPLICATION_STATE,
                "state",
                file.state().name());
        ApplicationStarted on = file.begun();
        return new RequestExpired(on.application(), on.registrant(), on.program());
    }

    private List<Held> since(String field) {
        return file.evidence().in(field).stream()
                .filter(held -> held.since() > file.review().requestedAt())
                .toList();
    }

    private InformationRequested request() {
        InformationRequested request = file.review().request();
        if (request == null) {
            throw new Refused(RefusalCode.APPLICATION_STATE);
        }
        return request;
    }

    private void mustAsk(String id, boolean document) {
        boolean isAsked = form.field(id)
                .filter(field -> (field.type() == FieldType.FILE) == document)
                .isPresent();
        refuseIf(!isAsked, RefusalCode.UNKNOWN_FIELD, "field", Sizes.names(List.of(id)));
    }
}
