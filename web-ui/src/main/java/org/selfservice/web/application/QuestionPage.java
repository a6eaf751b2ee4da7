package org.selfservice.web.application;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.Page;
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
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One page of questions. Whichever way it is left, what is there is saved, valid or not; only Continue looks at it. */
@Controller
@RequestMapping("/applications/{application}/pages/{page}")
class QuestionPage {
    private final Portal portal;
    private final Drafts drafts;
    private final Saving saving;
    private final Questions questions;
    private final AnswerText words;
    private final Sources sources;
    private final Exits exits;
    private final KeptAnswers kept;

    QuestionPage(
            Portal portal,
            Drafts drafts,
            Saving saving,
            Questions questions,
            AnswerText words,
            Sources sources,
            Exits exits,
            KeptAnswers kept) {
        this.portal = portal;
        this.drafts = drafts;
        this.saving = saving;
        this.questions = questions;
        this.words = words;
        this.sources = sources;
        this.exits = exits;
        this.kept = kept;
    }

    @GetMapping
    Object show(
            SignedIn who,
            @PathVariable ApplicationId application,
            @PathVariable String page,
            @RequestParam(defaultValue = "") String from,
            Locale locale) {
        Draft draft = drafts.find(who, application);
        if (!draft.isOpen()) {
            return exits.application(draft);
        }
        Page shown = page(draft, page);
        if (draft.questions(shown).isEmpty()) {
            return exits.tasks(draft);
        }
        MultiValueMap<String, String> typed = kept.take(draft.id(), "/pages/" + page);
        if (typed != null) {
            Draft again = draft.with(parse(draft, shown, typed));
            return view(
                            who,
                            again,
                            shown,
                            sheet(who, again, shown, locale),
                            basis(typed),
                            exits.from(typed.getFirst("from")))
                    .addObject("kept", true);
        }
        return view(
                who,
                draft,
                shown,
                sheet(who, draft, shown, locale),
                draft.file().sequence(),
                exits.from(from));
    }

    @PostMapping
    Object save(
            SignedIn who,
            @PathVariable ApplicationId application,
            @PathVariable String page,
            @RequestParam MultiValueMap<String, String> posted,
            RedirectAttributes after,
            Locale locale) {
        Draft draft = drafts.find(who, application);
        if (!draft.isOpen()) {
            return exits.application(draft);
        }
        Page shown = page(draft, page);
        refuseUnknown(AnswerForm.unknown(shown.fields(), "", posted));
        String from = exits.from(posted.getFirst("from"));
        Map<String, Answer> typed = parse(draft, shown, posted);
        List<String> undecided = undecided(posted);
        Map<String, Answer> chosen = new LinkedHashMap<>(typed);
        chosen.keySet().removeIf(field -> undecided.contains(field) || "theirs".equals(kept(posted, field)));

        Saving.Outcome outcome = saving.save(who, draft, basis(posted), chosen, Map.of());
        return switch (outcome) {
            case Saving.NotSaved(Refused.Refusal refusal) ->
                refused(who, draft.with(typed), shown, basis(posted), from, exits.error(refusal, locale), locale);
            case Saving.ChangedElsewhere(Draft now, List<String> fields) ->
                conflict(who, now, shown, typed, fields, now.file().sequence(), from, locale);
            case Saving.Saved saved
            when !undecided.isEmpty() ->
                conflict(who, saved.draft(), shown, typed, undecided, saved.basis(), from, locale);
            case Saving.Saved saved -> leave(who, saved, shown, posted, from, after, locale);
        };
    }

    private Object leave(
            SignedIn who,
            Saving.Saved saved,
            Page page,
            MultiValueMap<String, String> posted,
            String from,
            RedirectAttributes after,
            Locale locale) {
        Draft draft = saved.draft();
        Exit exit = Exit.of(posted);
        String here = "/pages/" + page.id();
        if (exit.isContinue()) {
            Set<String> shown = new LinkedHashSet<>(posted.getOrDefault("shown", List.of()));
            List<Field> asked = draft.questions(page);
            List<Problem> problems = draft.problems(page).stream()
                    .filter(problem -> asked.stream()
                            .anyMatch(field -> field(problem).equals(field.id())
                                    && (field.type() == FieldType.GROUP || shown.contains(field.id()))))
                    .toList();
            if (!problems.isEmpty()) {
                Sheet sheet = sheet(who, draft, page, locale).with(problems);
                return wrong(view(who, draft, page, sheet, saved.basis(), from));
            }
            boolean more =
                    asked.stream().anyMatch(field -> field.type() != FieldType.GROUP && !shown.contains(field.id()));
            exits.await(who, saved);
            return more ? exits.to(draft, here, from) : exits.onward(draft, page, from);
        }
        return exits.leave(exit, draft, exits.await(who, saved), here, from, after);
    }

    private ModelAndView conflict(
            SignedIn who,
            Draft now,
            Page page,
            Map<String, Answer> typed,
            List<String> fields,
            long basis,
            String from,
            Locale locale) {
        Map<String, Question.Conflict> conflicts = new LinkedHashMap<>();
        List<PageError> errors = new ArrayList<>();
        for (String id : fields) {
            Field field = now.form().field(id).orElseThrow();
            conflicts.put(
                    id,
                    new Question.Conflict(
                            words.lines(field, now.file().answers().get(id), locale, now.currency()),
                            words.lines(field, typed.get(id), locale, now.currency())));
            errors.add(new PageError("#q-" + id + "-keep-mine", exits.chooseWhichToKeep(field, locale)));
        }
        Draft mixed = now.with(typed);
        Sheet sheet = sheet(who, mixed, page, locale).against(conflicts);
        ModelAndView view = view(who, mixed, page, sheet, basis, from);
        view.addObject("errors", errors);
        view.setStatus(HttpStatus.CONFLICT);
        return view;
    }

    private ModelAndView refused(
            SignedIn who, Draft draft, Page page, long basis, String from, String text, Locale locale) {
        List<Problem> problems = draft.problems(page);
        Sheet sheet = sheet(who, draft, page, locale).with(problems);
        ModelAndView view = view(who, draft, page, sheet, basis, from);
        if (problems.isEmpty()) {
            view.addObject("errors", List.of(new PageError("#answers", text)));
        }
        view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return view;
    }

    private static ModelAndView wrong(ModelAndView view) {
        view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return view;
    }

    private ModelAndView view(SignedIn who, Draft draft, Page page, Sheet sheet, long basis, String from) {
        List<Question> asked = questions.of(sheet);
        ModelAndView view = new ModelAndView("application/page");
        view.addObject("file", draft.file());
        view.addObject("program", draft.program());
        view.addObject("page", page);
        view.addObject("action", "/applications/" + draft.id() + "/pages/" + page.id());
        view.addObject("questions", asked);
        view.addObject("heading", asked.size() == 1);
        view.addObject(
                "topic",
                asked.size() == 1 ? asked.getFirst().label() : page.title().in(sheet.locale()));
        view.addObject("shown", Questions.shown(asked));
        view.addObject("errors", errors(asked));
        view.addObject("files", files(draft, page));
        view.addObject("basis", basis);
        view.addObject("from", from);
        exits.dress(view);
        return view;
    }

    private Sheet sheet(SignedIn who, Draft draft, Page page, Locale locale) {
        return new Sheet(
                page.fields(),
                "",
                draft.asked(),
                draft.answers(),
                List.of(),
                known(who, draft, page, locale),
                Map.of(),
                locale,
                draft.currency());
    }

    private Map<String, String> known(SignedIn who, Draft draft, Page page, Locale locale) {
        if (page.fields().stream().noneMatch(field -> field.prefill() != null)) {
            return Map.of();
        }
        Dossier dossier = portal.ask(new FindDossier(who.registrant()));
        Map<String, String> known = new LinkedHashMap<>();
        for (Field field : page.fields()) {
            Prefill.of(draft, page, field, dossier)
                    .ifPresent(one -> known.put(field.id(), sources.hint(one, draft, words, locale)));
        }
        return known;
    }

    static List<PageError> errors(List<Question> asked) {
        List<PageError> errors = new ArrayList<>();
        Questions.all(asked).forEach(question -> {
            errors.addAll(question.errors());
            question.rows()
                    .forEach(row -> row.errors()
                            .forEach(text -> errors.add(new PageError(
                                    "#" + question.id() + "-" + row.index(), row.title() + ": " + text))));
        });
        return errors;
    }

    private static Map<String, List<String>> files(Draft draft, Page page) {
        return page.fields().stream()
                .filter(field -> field.type() == FieldType.FILE)
                .collect(Collectors.toMap(
                        Field::id,
                        field -> draft.documents(field).stream()
                                .map(Document::name)
                                .map(name -> name == null ? "" : name)
                                .toList()));
    }

    private static Map<String, Answer> parse(Draft draft, Page page, MultiValueMap<String, String> posted) {
        return AnswerForm.parse(
                page.fields().stream()
                        .filter(field -> field.type() != FieldType.GROUP)
                        .toList(),
                "",
                posted,
                draft.file().answers());
    }

    static Page page(Draft draft, String id) {
        return draft.form().page(id).orElseThrow(() -> new Refused(RefusalCode.NOT_FOUND));
    }

    static void refuseUnknown(List<String> names) {
        if (!names.isEmpty()) {
            String name = names.getFirst().replaceAll("[^A-Za-z0-9_.\\[\\]-]", "");
            throw new Refused(
                    RefusalCode.UNKNOWN_FIELD, Map.of("field", name.substring(0, Math.min(60, name.length()))));
        }
    }

    static long basis(MultiValueMap<String, String> posted) {
        String basis = posted.getFirst("basis");
        if (basis == null || !basis.matches("\\d{1,18}")) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "basis"));
        }
        return Long.parseLong(basis);
    }

    /** Fields of which the page asked which answer to keep, and was not told. */
    static List<String> undecided(MultiValueMap<String, String> posted) {
        return posted.keySet().stream()
                .filter(name -> name.startsWith("keep.")
                        && "ask".equals(posted.get(name).getLast()))
                .map(name -> name.substring("keep.".length()))
                .toList();
    }

    static @Nullable String kept(MultiValueMap<String, String> posted, String field) {
        List<String> values = posted.get("keep." + field);
        return values == null ? null : values.getLast();
    }

    private static String field(Problem problem) {
        return problem.path().split("[.\\[]", 2)[0];
    }
}
