package org.selfservice.web.application;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ProvideInformation;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.application.ApplicationQuery.InformationRequest;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.ConfirmFirst;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Answering a request for information: only what was asked, with the reason and the deadline. */
@Controller
@RequestMapping("/applications/{application}/request")
class RequestPages {
    private final Portal portal;
    private final OwnApplications applications;
    private final Questions questions;
    private final AnswerText words;
    private final MessageSource texts;
    private final Clock clock;
    private final Exits exits;

    RequestPages(
            Portal portal,
            OwnApplications applications,
            Questions questions,
            AnswerText words,
            MessageSource texts,
            Clock clock,
            Exits exits) {
        this.portal = portal;
        this.applications = applications;
        this.questions = questions;
        this.words = words;
        this.texts = texts;
        this.clock = clock;
        this.exits = exits;
    }

    /** A file question that was asked for. */
    record Wanted(Field field, List<Document> documents) {}

    @GetMapping
    String show(SignedIn who, @PathVariable ApplicationId application, Locale locale, Model model) {
        ApplicationFile file = applications.find(who, application);
        if (file.state() != ApplicationState.INFORMATION_REQUESTED) {
            return "redirect:/applications/" + application;
        }
        return page(who, file, file.answers(), List.of(), Set.of(), locale, model);
    }

    @PostMapping
    Object answer(
            SignedIn who,
            @PathVariable ApplicationId application,
            @RequestParam long basis,
            @RequestParam(defaultValue = "send") String exit,
            @RequestParam(defaultValue = "") String confirmation,
            @RequestParam MultiValueMap<String, String> posted,
            Locale locale,
            Model model,
            RedirectAttributes after) {
        ApplicationFile file = applications.find(who, application);
        List<Field> asked = asked(file, applications.form(file));
        if (!AnswerForm.unknown(asked, "", posted).isEmpty()) {
            throw new Refused(
                    RefusalCode.UNKNOWN_FIELD,
                    Map.of("field", AnswerForm.unknown(asked, "", posted).getFirst()));
        }
        Map<String, Answer> typed = AnswerForm.parse(asked, "", posted, file.answers());
        Map<String, Answer> answers = new LinkedHashMap<>(file.answers());
        answers.putAll(typed);
        try {
            portal.send(new SaveAnswers(application, who.registrant(), basis, Personal.of(typed), Map.of()));
            if (posted.containsKey("leave") || posted.containsKey("lang")) {
                return exits.leaveAtOnce(Exit.of(posted), "/applications/" + application + "/request");
            }
            if (!exit.equals("send")) {
                after.addFlashAttribute("notice", texts.getMessage("request.saved", null, locale));
                return "redirect:/applications/" + application;
            }
            if (who.isAssisted() && !confirmation.equals(CheckPage.CONFIRMATION)) {
                throw new Refused(RefusalCode.CONFIRMATION_MISSING);
            }
            Author author = who.isAssisted() ? portal.author().confirmed(confirmation) : portal.author();
            applications.find(who, portal.send(new ProvideInformation(application, who.registrant()), author));
        } catch (Refused refused) {
            return switch (refused.code()) {
                case ANSWERS_CHANGED_ELSEWHERE ->
                    page(who, applications.find(who, application), answers, List.of(), fields(refused), locale, model);
                case ANSWERS_NOT_VALID ->
                    page(
                            who,
                            applications.find(who, application),
                            answers,
                            problems(file, asked, answers),
                            fields(refused),
                            locale,
                            model);
                case CONFIRMATION_MISSING -> {
                    model.addAttribute("confirmationMissing", true);
                    yield page(who, applications.find(who, application), answers, List.of(), Set.of(), locale, model);
                }
                default -> ConfirmFirst.instead(refused, "/applications/" + application + "/request");
            };
        }
        after.addFlashAttribute("notice", texts.getMessage("request.sent", null, locale));
        after.addFlashAttribute("answered", true);
        return "redirect:/applications/" + application;
    }

    private String page(
            SignedIn who,
            ApplicationFile file,
            Map<String, Answer> answers,
            List<Problem> problems,
            Set<String> refusedFields,
            Locale locale,
            Model model) {
        FormDefinition form = applications.form(file);
        ProgramDetails program = applications.program(file);
        InformationRequest request = Objects.requireNonNull(file.request());
        String currency = Objects.requireNonNull(program.profile()).currency();
        List<Field> asked = asked(file, form);
        Map<String, Question.Conflict> conflicts = asked.stream()
                .filter(field -> refusedFields.contains(field.id())
                        && !Questions.looksTheSame(field, file.answers().get(field.id()), answers.get(field.id())))
                .collect(Collectors.toMap(
                        Field::id,
                        field -> new Question.Conflict(
                                words.lines(field, file.answers().get(field.id()), locale, currency),
                                words.lines(field, answers.get(field.id()), locale, currency))));
        List<Question> shown = questions.of(new Sheet(
                asked,
                "",
                asked.stream().map(Field::id).collect(Collectors.toSet()),
                answers,
                problems,
                Map.of(),
                problems.isEmpty() ? conflicts : Map.of(),
                locale,
                currency));
        List<Wanted> wanted = wanted(file, form, request);
        List<PageError> errors = new ArrayList<>(Questions.all(shown)
                .flatMap(question -> question.errors().stream())
                .map(error -> new PageError(error.href(), error.text()))
                .toList());
        wanted.stream()
                .filter(one -> one.documents().isEmpty()
                        && refusedFields.contains(one.field().id()))
                .forEach(one -> errors.add(new PageError(
                        "#document-" + one.field().id(),
                        texts.getMessage(
                                "request.document.missing",
                                new Object[] {one.field().label().in(locale)},
                                locale))));
        if (model.getAttribute("confirmationMissing") != null) {
            errors.add(new PageError("#confirmation", texts.getMessage("assist.confirm.missing", null, locale)));
        }
        model.addAttribute("assisted", who.isAssisted());
        model.addAttribute("person", who.name());
        model.addAttribute("confirmation", CheckPage.CONFIRMATION);
        model.addAttribute("file", file);
        model.addAttribute("program", program);
        model.addAttribute("request", request);
        model.addAttribute("questions", shown);
        model.addAttribute("shown", Questions.shown(shown));
        model.addAttribute("wanted", wanted);
        model.addAttribute("errors", errors);
        model.addAttribute("savingForm", "answers");
        return "follow/request";
    }

    private List<Problem> problems(ApplicationFile file, List<Field> asked, Map<String, Answer> answers) {
        ProgramProfile profile =
                Objects.requireNonNull(applications.program(file).profile());
        Set<String> ids = asked.stream().map(Field::id).collect(Collectors.toSet());
        return FormRules.problems(
                        applications.form(file),
                        answers,
                        ApplicationPolicy.today(clock.instant(), profile.zone()),
                        profile.currency())
                .stream()
                .filter(problem -> ids.contains(problem.path().replaceAll("[.\\[].*", "")))
                .toList();
    }

    private static List<Field> asked(ApplicationFile file, FormDefinition form) {
        InformationRequest request = Objects.requireNonNull(file.request());
        return form.fields()
                .filter(field -> request.fields().contains(field.id()))
                .toList();
    }

    private static List<Wanted> wanted(ApplicationFile file, FormDefinition form, InformationRequest request) {
        return form.fields()
                .filter(field -> request.documents().contains(field.id()))
                .map(field -> new Wanted(
                        field,
                        file.documents().stream()
                                .filter(document -> document.field().equals(field.id()))
                                .filter(document -> document.state() == DocumentState.READY)
                                .filter(document -> document.uploadedAt().isAfter(request.at()))
                                .toList()))
                .toList();
    }

    private static Set<String> fields(Refused refused) {
        return java.util.Arrays.stream(
                        refused.details().getOrDefault("fields", "").split("[ ,]+"))
                .map(path -> path.replaceAll("[.\\[].*", ""))
                .collect(Collectors.toSet());
    }
}
