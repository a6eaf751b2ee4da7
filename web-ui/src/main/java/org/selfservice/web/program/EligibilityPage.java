package org.selfservice.web.program;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.application.Submission.Outcome;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.Eligibility;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.form.AnswerForm;
import org.selfservice.web.form.AnswerText;
import org.selfservice.web.form.Question;
import org.selfservice.web.form.Questions;
import org.selfservice.web.form.Questions.Sheet;
import org.selfservice.web.page.PageError;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A few questions before one begins. Nothing is stored, and nobody needs to sign in. */
@Controller
class EligibilityPage {
    private final Portal portal;
    private final Programs programs;
    private final Questions questions;
    private final AnswerText words;
    private final MessageSource texts;
    private final Clock clock;

    EligibilityPage(
            Portal portal, Programs programs, Questions questions, AnswerText words, MessageSource texts, Clock clock) {
        this.portal = portal;
        this.programs = programs;
        this.questions = questions;
        this.words = words;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * One rule, as it came out.
     *
     * @param used the answers that it read
     */
    public record Row(LocalizedText message, Outcome outcome, boolean hard, List<Used> used) {}

    /**
     * @param value in lines; none when it is not known
     * @param href the question to change it; null when it came from elsewhere
     */
    public record Used(
            String label, List<String> value, @Nullable String href) {}

    @GetMapping("/programs/{code}/eligibility")
    String ask(@PathVariable String code, Optional<SignedIn> who, Locale locale, Model model) {
        ProgramDetails program = programs.find(code);
        if (program.rules().isEmpty()) {
            return "redirect:/programs/" + program.code();
        }
        Dossier dossier = dossier(who);
        FormDefinition form = questionsOf(program);
        show(program, form, known(form, dossier), List.of(), locale, model);
        return "program/eligibility";
    }

    /** @param lang present when only the language was changed: what was typed stays, and nothing is judged yet */
    @PostMapping("/programs/{code}/eligibility")
    String check(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            @RequestParam(required = false) @Nullable String lang,
            @RequestParam(required = false) @Nullable String judged,
            Optional<SignedIn> who,
            Locale locale,
            Model model) {
        ProgramDetails program = programs.find(code);
        ProgramProfile profile = Objects.requireNonNull(program.profile());
        FormDefinition form = questionsOf(program);
        Map<String, Answer> answers = AnswerForm.parse(form, posted);
        LocalDate today = ApplicationPolicy.today(clock.instant(), profile.zone());
        boolean onlyLanguage = lang != null && judged == null;
        List<Problem> problems =
                onlyLanguage ? List.of() : FormRules.problems(leftOpen(form), answers, today, profile.currency());
        List<Question> shown = show(program, form, answers, problems, locale, model);
        if (onlyLanguage) {
            return "program/eligibility";
        }
        if (!problems.isEmpty()) {
            model.addAttribute(
                    "errors",
                    Questions.all(shown)
                            .flatMap(question -> question.errors().stream())
                            .map(error -> new PageError(error.href(), error.text()))
                            .toList());
            return "program/eligibility";
        }
        Map<String, Answer> person = person(dossier(who));
        Eligibility.Result result =
                Eligibility.check(program.rules(), FormRules.normalize(form, answers), person, today);
        model.addAttribute("verdict", result.verdict());
        model.addAttribute(
                "rules",
                result.rules().stream()
                        .map(checked -> row(program, form, checked, answers, person, shown, locale))
                        .toList());
        model.addAttribute("open", Offer.of(program, profile, today) == Offer.OPEN);
        model.addAttribute("signedIn", who.isPresent());
        if (result.verdict() == Eligibility.Verdict.NOT_LIKELY) {
            model.addAttribute("others", programs.otherThan(program));
        }
        return "program/eligibility";
    }

    private List<Question> show(
            ProgramDetails program,
            FormDefinition form,
            Map<String, Answer> answers,
            List<Problem> problems,
            Locale locale,
            Model model) {
        List<Field> fields = form.fields().toList();
        String currency = Objects.requireNonNull(program.profile()).currency();
        List<Question> shown = questions.of(Sheet.of(fields, FormRules.asked(form, answers), answers, locale, currency)
                .with(problems));
        model.addAttribute("program", program);
        model.addAttribute("profile", program.profile());
        model.addAttribute("questions", shown);
        model.addAttribute("shown", Questions.shown(shown));
        model.addAttribute("languageForm", "eligibility");
        return shown;
    }

    /**
     * The form's questions that the rules read, and those that decide whether they are asked. Each may be left open: then a
     * rule cannot be judged yet. Files and repeated groups are asked in the application only.
     */
    private FormDefinition questionsOf(ProgramDetails program) {
        FormDefinition whole = programs.form(program);
        Set<String> wanted = new LinkedHashSet<>();
        program.rules().forEach(rule -> wanted.addAll(Eligibility.answersUsed(rule)));
        List<Field> backwards = whole.fields().toList().reversed();
        backwards.stream()
                .filter(field -> wanted.contains(field.id()) && field.showIf() != null)
                .forEach(field -> wanted.addAll(testedBy(Objects.requireNonNull(field.showIf()))));
        List<Field> fields = whole.fields()
                .filter(field -> wanted.contains(field.id()))
                .filter(field -> field.type() != FieldType.FILE && field.type() != FieldType.GROUP)
                .toList();
        return alone(fields, whole.region());
    }

    private static FormDefinition leftOpen(FormDefinition form) {
        return alone(form.fields().map(Field::optional).toList(), form.region());
    }

    private static FormDefinition alone(List<Field> fields, @Nullable String region) {
        return new FormDefinition(
                List.of(new Page("eligibility", LocalizedText.EMPTY, LocalizedText.EMPTY, null, fields)), region);
    }

    private static List<String> testedBy(Condition condition) {
        return condition.tests().stream().map(Condition.Test::field).toList();
    }

    private Row row(
            ProgramDetails program,
            FormDefinition form,
            Eligibility.Checked checked,
            Map<String, Answer> answers,
            Map<String, Answer> person,
            List<Question> shown,
            Locale locale) {
        String currency = Objects.requireNonNull(program.profile()).currency();
        Stream<Used> fromAnswers = checked.answersUsed().stream()
                .sorted()
                .flatMap(id -> form.field(id).stream())
                .map(field -> new Used(
                        field.label().in(locale),
                        words.lines(field, answers.get(field.id()), locale, currency),
                        href(field.id(), shown)));
        Stream<Used> fromPerson = checked.personUsed().stream()
                .sorted()
                .filter(attribute -> person.get(attribute) instanceof Answer.Text)
                .map(attribute -> new Used(
                        texts.getMessage("registrant.attribute." + attribute, null, attribute, locale),
                        List.of(((Answer.Text) person.get(attribute)).value()),
                        null));
        return new Row(
                checked.rule().message(),
                checked.outcome(),
                checked.rule().hard(),
                Stream.concat(fromAnswers, fromPerson).toList());
    }

    private static @Nullable String href(String field, List<Question> shown) {
        return Questions.all(shown)
                .filter(question -> question.field().equals(field))
                .map(question -> "#"
                        + (question.parts().isEmpty()
                                ? question.id()
                                : question.parts().getFirst().id()))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Dossier dossier(Optional<SignedIn> who) {
        return who.map(one -> one.reach(portal.ask(new FindDossier(one.registrant()))))
                .orElse(null);
    }

    private static Map<String, Answer> known(FormDefinition form, @Nullable Dossier dossier) {
        Map<String, Answer> person = person(dossier);
        Map<String, Answer> known = new LinkedHashMap<>();
        form.fields().filter(field -> field.prefill() != null).forEach(field -> {
            Answer value = person.get(field.prefill());
            if (value != null) {
                known.put(field.id(), value);
            }
        });
        return known;
    }

    private static Map<String, Answer> person(@Nullable Dossier dossier) {
        Map<String, Answer> person = new LinkedHashMap<>();
        if (dossier != null) {
            dossier.demographics().keySet().forEach(attribute -> {
                DemographicValue best = dossier.best(attribute);
                if (best != null && best.value() != null && !best.value().isEmpty()) {
                    person.put(attribute, best.value());
                }
            });
        }
        return person;
    }
}
