package org.selfservice.web.application;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.Page;
import org.selfservice.web.SignedIn;
import org.selfservice.web.form.AnswerForm;
import org.selfservice.web.form.AnswerText;
import org.selfservice.web.form.Question;
import org.selfservice.web.form.Questions;
import org.selfservice.web.form.Questions.Sheet;
import org.selfservice.web.page.PageError;
import org.springframework.context.MessageSource;
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

/** One row of a repeated group, such as a member of the household, on a page of its own. */
@Controller
@RequestMapping("/applications/{application}/pages/{page}/{group}/{row:\\d{1,3}}")
class RowPage {
    private final Drafts drafts;
    private final Saving saving;
    private final Questions questions;
    private final AnswerText words;
    private final MessageSource texts;
    private final Exits exits;
    private final KeptAnswers kept;

    RowPage(
            Drafts drafts,
            Saving saving,
            Questions questions,
            AnswerText words,
            MessageSource texts,
            Exits exits,
            KeptAnswers kept) {
        this.drafts = drafts;
        this.saving = saving;
        this.questions = questions;
        this.words = words;
        this.texts = texts;
        this.exits = exits;
        this.kept = kept;
    }

    /** @param number from 0; as many as there are rows stands for a new one */
    record Place(Draft draft, Page page, Field group, int number) {
        String path() {
            return group.id() + "[" + number + "].";
        }

        String here() {
            return "/pages/" + page.id() + "/" + group.id() + "/" + number;
        }

        List<Map<String, Answer>> rows() {
            return rows(draft);
        }

        List<Map<String, Answer>> rows(Draft in) {
            return in.answers().get(group.id()) instanceof Answer.Rows(List<Map<String, Answer>> rows)
                    ? rows
                    : List.of();
        }

        Map<String, Answer> row() {
            return number < rows().size() ? rows().get(number) : Map.of();
        }

        Place in(Draft other) {
            return new Place(other, page, group, number);
        }

        /** All rows with this one changed, added, or left out when nothing is in it. */
        Answer.Rows with(Map<String, Answer> typed) {
            Map<String, Answer> row = new LinkedHashMap<>(row());
            row.putAll(typed);
            row.values().removeIf(Answer::isEmpty);
            List<Map<String, Answer>> all = new ArrayList<>(rows());
            if (number < all.size()) {
                all.remove(number);
            }
            if (!row.isEmpty()) {
                all.add(Math.min(number, all.size()), Map.copyOf(row));
            }
            return new Answer.Rows(all);
        }
    }

    @GetMapping
    Object show(
            SignedIn who,
            @PathVariable ApplicationId application,
            @PathVariable String page,
            @PathVariable String group,
            @PathVariable int row,
            @RequestParam(defaultValue = "") String from,
            Locale locale) {
        Draft draft = drafts.find(who, application);
        if (!draft.isOpen()) {
            return exits.application(draft);
        }
        Place place = place(draft, page, group, row);
        if (row > place.rows().size()) {
            return exits.to(draft, "/pages/" + page, exits.from(from));
        }
        MultiValueMap<String, String> typed = kept.take(draft.id(), place.here());
        if (typed != null) {
            return view(
                            place,
                            parse(place, typed),
                            List.of(),
                            QuestionPage.basis(typed),
                            exits.from(typed.getFirst("from")),
                            locale)
                    .addObject("kept", true);
        }
        return view(place, place.row(), List.of(), draft.file().sequence(), exits.from(from), locale);
    }

    @PostMapping
    Object save(
            SignedIn who,
            @PathVariable ApplicationId application,
            @PathVariable String page,
            @PathVariable String group,
            @PathVariable int row,
            @RequestParam MultiValueMap<String, String> posted,
            RedirectAttributes after,
            Locale locale) {
        Draft draft = drafts.find(who, application);
        if (!draft.isOpen()) {
            return exits.application(draft);
        }
        Place place = place(draft, page, group, row);
        List<String> unknown = new ArrayList<>(AnswerForm.unknown(place.group().fields(), place.path(), posted));
        unknown.remove("keep." + group);
        QuestionPage.refuseUnknown(unknown);
        String from = exits.from(posted.getFirst("from"));
        Map<String, Answer> typed = parse(place, posted);
        if ("theirs".equals(QuestionPage.kept(posted, group))) {
            return exits.to(draft, "/pages/" + page, from);
        }
        long basis = QuestionPage.basis(posted);
        if (!QuestionPage.undecided(posted).isEmpty()) {
            return conflict(place, typed, draft, basis, from, locale);
        }
        Saving.Outcome outcome = saving.save(who, draft, basis, Map.of(group, place.with(typed)), Map.of());
        return switch (outcome) {
            case Saving.NotSaved(Refused.Refusal refusal) -> {
                ModelAndView view = view(place, typed, List.of(), basis, from, locale);
                view.addObject("errors", List.of(new PageError("#answers", exits.error(refusal, locale))));
                view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
                yield view;
            }
            case Saving.ChangedElsewhere(Draft now, List<String> fields) ->
                conflict(place, typed, now, now.file().sequence(), from, locale);
            case Saving.Saved saved -> leave(who, saved, place.in(saved.draft()), typed, posted, from, after, locale);
        };
    }

    private Object leave(
            SignedIn who,
            Saving.Saved saved,
            Place place,
            Map<String, Answer> typed,
            MultiValueMap<String, String> posted,
            String from,
            RedirectAttributes after,
            Locale locale) {
        Exit exit = Exit.of(posted);
        String group = "/pages/" + place.page().id();
        if (exit.isContinue() || exit.kind().equals("another")) {
            if (typed.values().stream().allMatch(Answer::isEmpty) && place.row().isEmpty()) {
                exits.await(who, saved);
                return exits.to(place.draft(), group, from);
            }
            List<String> shown = posted.getOrDefault("shown", List.of());
            List<Problem> problems = place.draft().problems(place.page()).stream()
                    .filter(problem -> shown.stream()
                            .anyMatch(path -> problem.path().equals(path)
                                    || problem.path().startsWith(path + ".")))
                    .toList();
            if (!problems.isEmpty()) {
                ModelAndView view = view(place, place.row(), problems, saved.basis(), from, locale);
                view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
                return view;
            }
            exits.await(who, saved);
            Set<String> asked = asked(place, place.row());
            boolean more = place.group().fields().stream()
                    .filter(field -> field.type() != FieldType.FILE && asked.contains(field.id()))
                    .anyMatch(field -> !shown.contains(place.path() + field.id()));
            if (more) {
                return exits.to(place.draft(), place.here(), from);
            }
            return exit.isContinue()
                    ? exits.to(place.draft(), group, from)
                    : exits.to(
                            place.draft(),
                            group + "/" + place.group().id() + "/"
                                    + place.rows().size(),
                            from);
        }
        return exits.leave(
                exit.kind().equals("back") ? new Exit("lang", "", 0) : exit,
                place.draft(),
                exits.await(who, saved),
                exit.kind().equals("back") ? group : place.here(),
                from,
                after);
    }

    @GetMapping("/remove")
    Object askToRemove(
            SignedIn who,
            @PathVariable ApplicationId application,
            @PathVariable String page,
            @PathVariable String group,
            @PathVariable int row,
            @RequestParam(defaultValue = "") String from,
            Locale locale) {
        Draft draft = drafts.find(who, application);
        if (!draft.isOpen()) {
            return exits.application(draft);
        }
        Place place = place(draft, page, group, row);
        if (row >= place.rows().size()) {
            return exits.to(draft, "/pages/" + page, exits.from(from));
        }
        ModelAndView view = new ModelAndView("application/remove");
        view.addObject("file", draft.file());
        view.addObject("program", draft.program());
        view.addObject("caption", place.group().label().in(locale));
        view.addObject("topic", title(place, locale));
        view.addObject("lines", lines(place, locale));
        view.addObject("action", "/applications/" + draft.id() + place.here() + "/remove");
        view.addObject("back", "/applications/" + draft.id() + "/pages/" + page);
        view.addObject("basis", draft.file().sequence());
        view.addObject("from", exits.from(from));
        return view;
    }

    @PostMapping("/remove")
    Object remove(
            SignedIn who,
            @PathVariable ApplicationId application,
            @PathVariable String page,
            @PathVariable String group,
            @PathVariable int row,
            @RequestParam MultiValueMap<String, String> posted,
            RedirectAttributes after,
            Locale locale) {
        Draft draft = drafts.find(who, application);
        if (!draft.isOpen()) {
            return exits.application(draft);
        }
        Place place = place(draft, page, group, row);
        String from = exits.from(posted.getFirst("from"));
        if (row >= place.rows().size()) {
            return exits.to(draft, "/pages/" + page, from);
        }
        List<Map<String, Answer>> rest = new ArrayList<>(place.rows());
        rest.remove(row);
        Saving.Outcome outcome =
                saving.save(who, draft, QuestionPage.basis(posted), Map.of(group, new Answer.Rows(rest)), Map.of());
        switch (outcome) {
            case Saving.Saved saved -> {
                exits.await(who, saved);
                after.addFlashAttribute(
                        "notice", texts.getMessage("row.removed", new Object[] {title(place, locale)}, locale));
            }
            case Saving.ChangedElsewhere changed ->
                after.addFlashAttribute("listChanged", texts.getMessage("row.list-changed", null, locale));
            case Saving.NotSaved(Refused.Refusal refusal) -> throw new Refused(refusal);
        }
        return exits.to(draft, "/pages/" + page, from);
    }

    private ModelAndView conflict(
            Place place, Map<String, Answer> typed, Draft now, long basis, String from, Locale locale) {
        Place there = place.in(now);
        Map<String, Answer> row = new LinkedHashMap<>(place.row());
        row.putAll(typed);
        List<String> mine = words.rows(place.group(), new Answer.Rows(List.of(row)), locale, now.currency()).stream()
                .flatMap(one -> one.lines().stream())
                .flatMap(line -> line.values().stream())
                .toList();
        List<String> theirs = words.lines(place.group(), new Answer.Rows(there.rows()), locale, now.currency());
        ModelAndView view = view(there, row, List.of(), basis, from, locale);
        view.addObject("rowConflict", new Question.Conflict(theirs, mine));
        view.addObject(
                "errors",
                List.of(new PageError(
                        "#q-" + place.group().id() + "-keep-mine", exits.chooseWhichToKeep(place.group(), locale))));
        view.setStatus(HttpStatus.CONFLICT);
        return view;
    }

    private ModelAndView view(
            Place place, Map<String, Answer> row, List<Problem> problems, long basis, String from, Locale locale) {
        Draft draft = place.draft();
        List<Question> asked = questions.of(new Sheet(
                place.group().fields(),
                place.path(),
                asked(place, row),
                row,
                problems,
                Map.of(),
                Map.of(),
                locale,
                draft.currency()));
        ModelAndView view = new ModelAndView("application/row");
        view.addObject("file", draft.file());
        view.addObject("program", draft.program());
        view.addObject("group", place.group().id());
        view.addObject("caption", place.group().label().in(locale));
        view.addObject("topic", title(place, locale));
        view.addObject("isNew", place.number() >= place.rows().size());
        view.addObject("action", "/applications/" + draft.id() + place.here());
        view.addObject("questions", asked);
        view.addObject("shown", Questions.shown(asked));
        view.addObject("errors", QuestionPage.errors(asked));
        view.addObject("basis", basis);
        view.addObject("from", from);
        exits.dress(view);
        return view;
    }

    private String title(Place place, Locale locale) {
        List<AnswerText.Row> rows = words.rows(
                place.group(),
                new Answer.Rows(place.rows()),
                locale,
                place.draft().currency());
        return place.number() < rows.size()
                ? rows.get(place.number()).title()
                : texts.getMessage("field.row", new Object[] {String.valueOf(place.number() + 1)}, locale);
    }

    private List<AnswerText.Line> lines(Place place, Locale locale) {
        return words.rows(
                        place.group(),
                        new Answer.Rows(place.rows()),
                        locale,
                        place.draft().currency())
                .get(place.number())
                .lines();
    }

    private static Set<String> asked(Place place, Map<String, Answer> row) {
        return FormRules.asked(
                place.draft().form(), place.group(), row, place.draft().answers());
    }

    private static Map<String, Answer> parse(Place place, MultiValueMap<String, String> posted) {
        return AnswerForm.parse(place.group().fields(), place.path(), posted, place.row());
    }

    private static Place place(Draft draft, String page, String group, int row) {
        Page shown = QuestionPage.page(draft, page);
        Field field = draft.questions(shown).stream()
                .filter(one -> one.type() == FieldType.GROUP && one.id().equals(group))
                .findFirst()
                .orElseThrow(() -> new Refused(RefusalCode.NOT_FOUND));
        return new Place(draft, shown, field, row);
    }
}
