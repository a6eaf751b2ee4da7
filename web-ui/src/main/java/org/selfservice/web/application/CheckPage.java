package org.selfservice.web.application;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantCommand.GiveConsent;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.ConfirmFirst;
import org.selfservice.web.Portal;
import org.selfservice.web.Refusals;
import org.selfservice.web.SignedIn;
import org.selfservice.web.form.ProblemText;
import org.selfservice.web.notification.Channels;
import org.selfservice.web.page.PageError;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** All answers once more, who receives them, the declaration, and sending. */
@Controller
@RequestMapping("/applications/{application}/check")
class CheckPage {
    private static final Pattern ROW = Pattern.compile("[a-z0-9_]+\\[(\\d+)]\\.([a-z0-9_]+).*");

    /** Of the text with which a person beside an officer agrees to what was read back to them. */
    static final String CONFIRMATION = "read-back-1";

    private final Portal portal;
    private final Drafts drafts;
    private final OwnApplications applications;
    private final Exits exits;
    private final Summary summary;
    private final ProblemText problemTexts;
    private final Refusals refusals;
    private final OtherPrograms others;
    private final MessageSource texts;
    private final Channels channels;
    private final Clock clock;

    CheckPage(
            Portal portal,
            Drafts drafts,
            OwnApplications applications,
            Exits exits,
            Summary summary,
            ProblemText problemTexts,
            Refusals refusals,
            OtherPrograms others,
            MessageSource texts,
            Channels channels,
            Clock clock) {
        this.portal = portal;
        this.drafts = drafts;
        this.applications = applications;
        this.exits = exits;
        this.summary = summary;
        this.problemTexts = problemTexts;
        this.refusals = refusals;
        this.others = others;
        this.texts = texts;
        this.channels = channels;
        this.clock = clock;
    }

    /** @param owed whether the person said that it comes later; {@code missing} whether sending needs it */
    record Evidence(String field, String label, List<String> names, boolean owed, boolean missing) {}

    @GetMapping
    Object show(SignedIn who, @PathVariable ApplicationId application, Locale locale) {
        Draft draft = drafts.find(who, application);
        return draft.isOpen() ? view(who, draft, false, locale) : exits.application(draft);
    }

    @PostMapping
    Object send(
            SignedIn who,
            @PathVariable ApplicationId application,
            @RequestParam(defaultValue = "") String declaration,
            @RequestParam(defaultValue = "") String confirmation,
            Locale locale) {
        Draft draft = drafts.find(who, application);
        if (draft.file().submittedAt() != null) {
            return exits.to(draft, "/sent", "");
        }
        if (!draft.isOpen()) {
            return exits.application(draft);
        }
        boolean agreed = !who.isAssisted() || confirmation.equals(CONFIRMATION);
        if (!declaration.equals(declarationVersion(locale))
                || !agreed
                || !problems(draft, locale).isEmpty()) {
            return wrong(who, draft, declaration, agreed, locale);
        }
        if (TaskListPage.newForm(draft).equals("must")) {
            return exits.tasks(draft);
        }
        try {
            draft.program().stepUp().mustBeMetBy(who.evidence(), clock.instant());
            consent(who, draft, declaration, locale);
            Author author = who.isAssisted() ? portal.author().confirmed(CONFIRMATION) : portal.author();
            Position position = portal.send(
                    new SubmitApplication(draft.id(), who.registrant(), declaration, locale.getLanguage()), author);
            applications.find(who, position);
            return exits.to(draft, "/sent", "");
        } catch (Refused refused) {
            return refused(who, draft, declaration, refused, locale);
        }
    }

    /** Before the program receives them: which details that are known about the person go to it. */
    private void consent(SignedIn who, Draft draft, String version, Locale locale) {
        List<String> shared = shared(draft, portal.ask(new FindDossier(who.registrant())));
        if (!shared.isEmpty()) {
            portal.send(new GiveConsent(
                    who.registrant(),
                    draft.id().value(),
                    draft.program().code().value(),
                    shared,
                    "application",
                    version,
                    locale.getLanguage()));
        }
    }

    /** Demographic attributes whose values go to the program: the name, and what was filled in and left so. */
    private static List<String> shared(Draft draft, Dossier dossier) {
        Stream<String> filledIn = draft.form()
                .fields()
                .filter(field -> draft.asked().contains(field.id()))
                .map(field -> draft.file().sources().get(field.id()))
                .filter(source -> source != null && source.attribute() != null)
                .map(AnswerSource::attribute);
        Stream<String> name = dossier.best(Demographics.NAME) == null ? Stream.empty() : Stream.of(Demographics.NAME);
        return Stream.concat(name, filledIn).distinct().toList();
    }

    private Object refused(SignedIn who, Draft draft, String declaration, Refused refused, Locale locale) {
        return switch (refused.code()) {
            case FORM_OUTDATED -> exits.tasks(draft);
            case ANSWERS_NOT_VALID, DECLARATION_MISSING -> {
                ModelAndView view = wrong(who, drafts.find(who, draft.id()), declaration, true, locale);
                if (!(view.getModel().get("errors") instanceof List<?> errors) || errors.isEmpty()) {
                    view.addObject(
                            "errors", List.of(new PageError("#declaration", refusals.text(refused.refusal(), locale))));
                }
                yield view;
            }
            case PROGRAM_NOT_OPEN, OUTSIDE_APPLICATION_WINDOW ->
                stopped(draft, "application/not-open", refused.code().status())
                        .addObject("reason", refusals.text(refused.refusal(), locale));
            case NOT_ELIGIBLE ->
                stopped(draft, "application/not-eligible", refused.code().status())
                        .addObject("reasons", reasons(draft, refused, locale));
            case APPLICATION_STATE -> exits.application(draft);
            default -> ConfirmFirst.instead(refused, "/applications/" + draft.id() + "/check");
        };
    }

    private ModelAndView stopped(Draft draft, String template, int status) {
        ModelAndView view = new ModelAndView(template);
        view.addObject("file", draft.file());
        view.addObject("program", draft.program());
        view.addObject("zone", draft.profile().zone());
        view.addObject("others", others.than(draft.program().code()));
        view.setStatus(HttpStatus.valueOf(status));
        return view;
    }

    private static List<String> reasons(Draft draft, Refused refused, Locale locale) {
        List<String> rules = Arrays.stream(
                        refused.details().getOrDefault("rules", "").split("[ ,]+"))
                .toList();
        return draft.program().rules().stream()
                .filter(rule -> rules.contains(rule.id()))
                .map(EligibilityRule::message)
                .map(message -> message.in(locale))
                .toList();
    }

    private ModelAndView wrong(SignedIn who, Draft draft, String declaration, boolean agreed, Locale locale) {
        List<PageError> errors = new ArrayList<>(problems(draft, locale));
        if (!declaration.equals(declarationVersion(locale))) {
            errors.add(new PageError("#declaration", texts.getMessage("check.declaration-missing", null, locale)));
        }
        if (!agreed) {
            errors.add(new PageError("#confirmation", texts.getMessage("assist.confirm.missing", null, locale)));
        }
        ModelAndView view = view(who, draft, !declaration.isEmpty(), locale);
        view.addObject("errors", errors);
        view.addObject("confirmationMissing", !agreed);
        view.addObject("declarationMissing", !declaration.equals(declarationVersion(locale)));
        view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return view;
    }

    private ModelAndView view(SignedIn who, Draft draft, boolean declared, Locale locale) {
        Dossier dossier = portal.ask(new FindDossier(who.registrant()));
        ModelAndView view = new ModelAndView("application/check");
        view.addObject("file", draft.file());
        view.addObject("program", draft.program());
        view.addObject("sections", summary.of(draft.form(), draft.asked(), draft.answers(), locale, draft.currency()));
        view.addObject("evidence", evidence(draft, locale));
        view.addObject("todo", problems(draft, locale));
        view.addObject("newForm", TaskListPage.newForm(draft));
        view.addObject("told", channels.told(dossier));
        view.addObject("shared", shared(draft, dossier));
        view.addObject("contactChangeable", who.isInPerson() || who.isAssisted());
        view.addObject("languagesElsewhere", who.isAssisted());
        view.addObject("assisted", who.isAssisted());
        view.addObject("person", who.name());
        view.addObject("confirmation", CONFIRMATION);
        view.addObject("confirmationMissing", false);
        view.addObject("declared", declared);
        view.addObject("declarationMissing", false);
        view.addObject("declarationVersion", declarationVersion(locale));
        return view;
    }

    private static List<Evidence> evidence(Draft draft, Locale locale) {
        List<Field> missing = draft.missingEvidence();
        return draft.evidence().stream()
                .map(field -> new Evidence(
                        field.id(),
                        field.label().in(locale),
                        draft.documents(field).stream()
                                .map(Document::name)
                                .filter(Objects::nonNull)
                                .toList(),
                        draft.file().deferred().containsKey(field.id()),
                        missing.contains(field)))
                .toList();
    }

    /** What prevents sending, each with a link to where it is mended. */
    private List<PageError> problems(Draft draft, Locale locale) {
        Stream<PageError> answers = draft.problems().stream().map(problem -> error(draft, problem, locale));
        Stream<PageError> documents = draft.missingEvidence().stream()
                .map(field -> new PageError(
                        "/applications/" + draft.id() + "/documents/" + field.id(),
                        problemTexts.missing(field, locale)));
        return Stream.concat(answers, documents).toList();
    }

    private PageError error(Draft draft, Problem problem, Locale locale) {
        String id = problem.path().split("[.\\[]", 2)[0];
        String base = "/applications/" + draft.id();
        for (Page page : draft.form().pages()) {
            for (Field field : page.fields()) {
                if (field.id().equals(id)) {
                    Matcher row = ROW.matcher(problem.path());
                    return row.matches()
                            ? rowError(base + "/pages/" + page.id(), field, row, problem, locale)
                            : new PageError(
                                    base + "/pages/" + page.id() + "?from=check",
                                    problemTexts.withQuestion(problem, field, locale));
                }
            }
        }
        return new PageError(base + "/tasks", problem.code().name());
    }

    private PageError rowError(String page, Field group, Matcher row, Problem problem, Locale locale) {
        Field field = group.fields().stream()
                .filter(one -> one.id().equals(row.group(2)))
                .findFirst()
                .orElse(group);
        String entry = texts.getMessage(
                "field.row", new Object[] {String.valueOf(Integer.parseInt(row.group(1)) + 1)}, locale);
        return new PageError(
                page + "/" + group.id() + "/" + row.group(1) + "?from=check",
                group.label().in(locale) + " " + entry + " – " + problemTexts.withQuestion(problem, field, locale));
    }

    private String declarationVersion(Locale locale) {
        return texts.getMessage("check.declaration-version", null, locale);
    }
}
