package org.selfservice.command.application;

import static org.selfservice.command.Decide.refuseIf;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Canonical;
import org.selfservice.command.Streams.Facts;
import org.selfservice.command.Texts;
import org.selfservice.command.form.Versions.Version;
import org.selfservice.command.program.Offer;
import org.selfservice.command.registrant.Person;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.Outcome;
import org.selfservice.kernel.application.Submission.RuleOutcome;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.program.Eligibility;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.registrant.Demographics;

/** Whether a draft may be sent, and what is then frozen. Everything that it relied on goes into the submission. */
record Submitting(Case file, Facts<Offer> program, Version version, Person person, Instant now) {

    ApplicationSubmitted decide(SubmitApplication command) {
        Offer offer = program.facts();
        offer.mustTakeApplications(now);
        refuseIfOutdated(offer);
        refuseIf(command.declaration().isBlank(), RefusalCode.DECLARATION_MISSING);
        Texts.check("declaration", command.declaration(), 1, 100);
        Texts.check("language", command.language(), 2, 35);
        refuseProblems(offer);
        String currency = offer.terms().currency();
        Map<String, Answer> answers =
                FormRules.normalize(version.definition(), file.draft().known(), currency);
        List<RuleOutcome> trace = trace(offer, answers);
        Map<String, AnswerSource> sources = sources(answers, currency);
        Submission submission = new Submission(
                file.draft().pinned(),
                file.draft().formVersion(),
                version.sha256(),
                program.sequence(),
                offer.rulesVersion(),
                Personal.of(answers),
                sources,
                documents(),
                trace,
                Personal.of(shared(sources)),
                owed(),
                command.declaration(),
                command.language(),
                "");
        return new ApplicationSubmitted(
                command.application(),
                command.registrant(),
                file.begun().program(),
                file.begun().reference(),
                sealed(submission),
                now.plus(Duration.ofDays(offer.terms().decideWithinDays())));
    }

    private void refuseIfOutdated(Offer offer) {
        boolean isNewest = offer.mapped().form().equals(file.draft().form())
                && offer.mapped().version() == file.draft().formVersion();
        refuseIf(
                !isNewest && offer.mapped().openDrafts() == OpenDrafts.MUST_ADOPT,
                RefusalCode.FORM_OUTDATED,
                "version",
                Integer.toString(offer.mapped().version()));
    }

    private void refuseProblems(Offer offer) {
        List<String> paths =
                new ArrayList<>(FormRules.problems(
                                version.definition(),
                                file.draft().known(),
                                offer.today(now),
                                offer.terms().currency())
                        .stream()
                        .map(Problem::path)
                        .toList());
        askedFiles().filter(field -> isMissing(field, offer)).map(Field::id).forEach(paths::add);
        refuseIf(!paths.isEmpty(), RefusalCode.ANSWERS_NOT_VALID, "fields", String.join(", ", paths));
    }

    private boolean isMissing(Field field, Offer offer) {
        boolean isNamed = offer.documents().stream()
                .anyMatch(requirement -> requirement.field().equals(field.id()));
        boolean isPutOff = file.evidence().deferred().containsKey(field.id()) && HandingIn.mayBeOwed(field, offer);
        return (field.required() || isNamed) && file.evidence().in(field.id()).isEmpty() && !isPutOff;
    }

    private List<RuleOutcome> trace(Offer offer, Map<String, Answer> answers) {
        List<RuleOutcome> trace =
                Eligibility.check(offer.rules(), answers, person.best(), offer.today(now)).rules().stream()
                        .map(checked -> new RuleOutcome(
                                checked.rule().id(),
                                checked.outcome(),
                                checked.rule().hard()))
                        .toList();
        String against = trace.stream()
                .filter(rule -> rule.hard() && rule.outcome() == Outcome.FAILED)
                .map(RuleOutcome::rule)
                .collect(Collectors.joining(", "));
        refuseIf(!against.isEmpty(), RefusalCode.NOT_ELIGIBLE, "rules", against);
        return trace;
    }

    /** An answer counts as filled in only when it is what the portal knows: nobody can call a typed value verified. */
    private Map<String, AnswerSource> sources(Map<String, Answer> answers, String currency) {
        Map<String, Answer> best = person.best();
        Map<String, Answer> verified = person.verified().or(Map.of());
        Map<String, AnswerSource> sources = new HashMap<>();
        file.draft().sources().forEach((field, source) -> {
            String attribute = source.attribute();
            Answer known = attribute == null ? null : best.get(attribute);
            if (known != null && known(field, known, currency, answers)) {
                boolean isVerified = known.equals(verified.get(attribute));
                sources.put(field, new AnswerSource(AnswerSource.Kind.PREFILLED, attribute, isVerified));
            }
        });
        return Map.copyOf(sources);
    }

    private boolean known(String field, Answer known, String currency, Map<String, Answer> answers) {
        Map<String, Answer> filledIn = new HashMap<>(answers);
        filledIn.put(field, known);
        Answer normalized =
                FormRules.normalize(version.definition(), filledIn, currency).get(field);
        return normalized != null && normalized.equals(answers.get(field));
    }

    private Map<String, Answer> shared(Map<String, AnswerSource> sources) {
        Map<String, Answer> best = person.best();
        Map<String, Answer> shared = new LinkedHashMap<>();
        share(Demographics.NAME, best.get(Demographics.NAME), shared);
        sources.values().stream()
                .map(AnswerSource::attribute)
                .distinct()
                .sorted()
                .forEach(attribute -> share(attribute, best.get(attribute), shared));
        return shared;
    }

    private static void share(@Nullable String attribute, @Nullable Answer value, Map<String, Answer> shared) {
        if (attribute != null && value != null) {
            shared.put(attribute, value);
        }
    }

    private List<SentDocument> documents() {
        return askedFiles()
                .flatMap(field -> file.evidence().in(field.id()).stream())
                .map(Evidence.Held::document)
                .toList();
    }

    private Map<String, Deferral> owed() {
        Map<String, Deferral> owed = new HashMap<>();
        askedFiles().filter(field -> file.evidence().in(field.id()).isEmpty()).forEach(field -> {
            Deferral why = file.evidence().deferred().get(field.id());
            if (why != null) {
                owed.put(field.id(), why);
            }
        });
        return Map.copyOf(owed);
    }

    private Stream<Field> askedFiles() {
        Set<String> asked = FormRules.asked(version.definition(), file.draft().known());
        return version.definition()
                .fields()
                .filter(field -> field.type() == FieldType.FILE && asked.contains(field.id()));
    }

    private static Submission sealed(Submission s) {
        return new Submission(
                s.form(),
                s.formVersion(),
                s.formSha256(),
                s.programRevision(),
                s.rulesVersion(),
                s.answers(),
                s.sources(),
                s.documents(),
                s.trace(),
                s.shared(),
                s.owed(),
                s.declaration(),
                s.language(),
                Canonical.sha256Without(s, "sha256"));
    }
}
