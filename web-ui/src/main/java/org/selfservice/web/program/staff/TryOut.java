package org.selfservice.web.program.staff;

import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.Eligibility;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.web.form.AnswerForm;
import org.selfservice.web.form.Question;
import org.selfservice.web.form.Questions;
import org.selfservice.web.form.Questions.Sheet;
import org.selfservice.web.page.PageError;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * Rules on sample answers: the questions and the demographic attributes that the rules read, and how each rule comes out.
 * Nothing is stored. Files and repeated groups cannot be typed in a line, so rules about them stay open.
 */
@Component
class TryOut {
    /** What the names of a person's attributes begin with, which may be called as questions are. */
    private static final String PERSON = "person.";

    private final Questions questions;
    private final MessageSource texts;
    private final Clock clock;

    TryOut(Questions questions, MessageSource texts, Clock clock) {
        this.questions = questions;
        this.texts = texts;
        this.clock = clock;
    }

    private record Asked(FormDefinition answers, FormDefinition person) {}

    void ask(
            ProgramDetails program,
            List<EligibilityRule> rules,
            @Nullable FormDefinition form,
            Map<String, List<String>> posted,
            Locale locale,
            Model model) {
        Asked asked = asked(rules, form, locale);
        MultiValueMap<String, String> typed = new LinkedMultiValueMap<>(posted);
        show(
                program,
                asked,
                answers(asked.answers(), "", typed),
                answers(asked.person(), PERSON, typed),
                locale,
                model);
    }

    /** @return what is wrong with the sample answers; then nothing is judged */
    List<PageError> check(
            ProgramDetails program,
            List<EligibilityRule> rules,
            @Nullable FormDefinition form,
            MultiValueMap<String, String> posted,
            Locale locale,
            Model model) {
        Asked asked = asked(rules, form, locale);
        Map<String, Answer> answers = answers(asked.answers(), "", posted);
        Map<String, Answer> person = answers(asked.person(), PERSON, posted);
        List<Question> shown = show(program, asked, answers, person, locale, model);
        List<PageError> wrong = Questions.all(shown)
                .flatMap(question -> question.errors().stream())
                .map(error -> new PageError(error.href(), error.text()))
                .toList();
        if (wrong.isEmpty()) {
            model.addAttribute(
                    "result",
                    Eligibility.check(
                            rules,
                            FormRules.normalize(asked.answers(), answers),
                            FormRules.normalize(asked.person(), person),
                            today(program)));
        }
        return wrong;
    }

    private List<Question> show(
            ProgramDetails program,
            Asked asked,
            Map<String, Answer> answers,
            Map<String, Answer> person,
            Locale locale,
            Model model) {
        String currency = profile(program).currency();
        List<Question> shown = Stream.concat(
                        questions
                                .of(sheet(asked.answers(), answers, locale, currency)
                                        .with(problems(program, asked.answers(), "", answers)))
                                .stream(),
                        questions
                                .of(sheet(asked.person(), person, locale, currency)
                                        .at(PERSON)
                                        .with(problems(program, asked.person(), PERSON, person)))
                                .stream())
                .toList();
        model.addAttribute("questions", shown);
        model.addAttribute("shown", Questions.shown(shown));
        return shown;
    }

    private static Sheet sheet(FormDefinition form, Map<String, Answer> answers, Locale locale, String currency) {
        List<Field> fields = form.fields().toList();
        return Sheet.of(fields, fields.stream().map(Field::id).collect(Collectors.toSet()), answers, locale, currency);
    }

    private List<Problem> problems(
            ProgramDetails program, FormDefinition form, String path, Map<String, Answer> answers) {
        return FormRules.problems(
                        form, answers, today(program), profile(program).currency())
                .stream()
                .map(problem -> new Problem(path + problem.path(), problem.code(), problem.details()))
                .toList();
    }

    private Asked asked(List<EligibilityRule> rules, @Nullable FormDefinition form, Locale locale) {
        Set<String> answers = new LinkedHashSet<>();
        Set<String> person = new TreeSet<>();
        for (Eligibility.Checked checked :
                Eligibility.check(rules, Map.of(), Map.of(), LocalDate.EPOCH).rules()) {
            answers.addAll(new TreeSet<>(checked.answersUsed()));
            person.addAll(checked.personUsed());
        }
        List<Field> fields = form == null
                ? answers.stream()
                        .map(id -> Field.of(id, FieldType.TEXT, LocalizedText.en(id))
                                .optional())
                        .toList()
                : form.fields()
                        .filter(field -> answers.contains(field.id()))
                        .filter(field -> field.type() != FieldType.FILE && field.type() != FieldType.GROUP)
                        .map(field -> alone(field, field.label()))
                        .toList();
        List<Field> attributes = person.stream()
                .map(attribute -> alone(
                        Demographics.question(attribute),
                        new LocalizedText(Map.of(
                                locale.getLanguage(),
                                texts.getMessage("registrant.attribute." + attribute, null, attribute, locale)))))
                .toList();
        return new Asked(page(fields, form == null ? null : form.region()), page(attributes, null));
    }

    /** May be left open, whatever else is answered. */
    private static Field alone(Field field, LocalizedText label) {
        return new Field(
                field.id(),
                field.type(),
                label,
                field.hint(),
                false,
                field.mayNotKnow(),
                field.constraints(),
                field.options(),
                null,
                null,
                field.reportable(),
                field.fields());
    }

    private static FormDefinition page(List<Field> fields, @Nullable String region) {
        return new FormDefinition(
                List.of(new Page("sample", LocalizedText.EMPTY, LocalizedText.EMPTY, null, fields)), region);
    }

    private static Map<String, Answer> answers(FormDefinition form, String path, MultiValueMap<String, String> posted) {
        return new LinkedHashMap<>(AnswerForm.parse(form.fields().toList(), path, posted, Map.of()));
    }

    private LocalDate today(ProgramDetails program) {
        return ApplicationPolicy.today(clock.instant(), profile(program).zone());
    }

    private static ProgramProfile profile(ProgramDetails program) {
        return Objects.requireNonNull(program.profile(), "a program that exists has a profile");
    }
}
