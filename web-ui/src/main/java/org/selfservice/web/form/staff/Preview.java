package org.selfservice.web.form.staff;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.web.form.AnswerForm;
import org.selfservice.web.form.Question;
import org.selfservice.web.form.Questions;
import org.selfservice.web.form.Questions.Sheet;
import org.selfservice.web.page.PageError;
import org.selfservice.web.page.Typed;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The form as a registrant goes through it, with sample answers that are stored nowhere: what was answered on other pages
 * goes along in the page itself.
 */
@Controller
@RequestMapping({Desk.ADDRESS + "/{code}/preview", Desk.ADDRESS + "/{code}/versions/{version}/preview"})
class Preview {
    private final Desk desk;
    private final Questions questions;
    private final Clock clock;
    private final ZoneId zone;
    private final String currency;

    /** @param currency of amounts in a form that no program asks */
    Preview(
            Desk desk,
            Questions questions,
            Clock clock,
            @Value("${portal.zone:UTC}") ZoneId zone,
            @Value("${portal.currency:USD}") String currency) {
        this.desk = desk;
        this.questions = questions;
        this.clock = clock;
        this.zone = zone;
        this.currency = currency;
    }

    @GetMapping
    String first(@PathVariable String code, @PathVariable(required = false) @Nullable Integer version) {
        Look look = look(code, version);
        return look.form().pages().isEmpty()
                ? "redirect:" + look.home()
                : "redirect:" + look.home() + "/preview/"
                        + look.form().pages().getFirst().id();
    }

    @GetMapping("/{page}")
    String page(
            @PathVariable String code,
            @PathVariable(required = false) @Nullable Integer version,
            @PathVariable String page,
            Model model,
            Locale locale) {
        Look look = look(code, version);
        return show(new Walk(look, new LinkedMultiValueMap<>()), look.page(page), List.of(), model, locale);
    }

    @PostMapping("/{page}")
    String answer(
            @PathVariable String code,
            @PathVariable(required = false) @Nullable Integer version,
            @PathVariable String page,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            Locale locale) {
        Look look = look(code, version);
        Walk walk = new Walk(look, posted);
        Page here = look.page(page);
        String[] exit = String.valueOf(posted.getFirst("exit")).split(":", 3);
        Place row = Place.of(here, posted.getFirst("row"));
        if (posted.containsKey("lang")) {
            return row == null
                    ? show(walk, here, List.of(), model, locale)
                    : showRow(walk, here, row, List.of(), model, locale);
        }
        return switch (exit[0]) {
            case "row", "remove" -> {
                Place to = Place.of(here, exit.length == 3 ? exit[1] + ":" + exit[2] : null);
                if (to == null) {
                    yield show(walk, here, List.of(), model, locale);
                }
                yield exit[0].equals("row")
                        ? showRow(walk, here, to, List.of(), model, locale)
                        : show(walk.without(to), here, List.of(), model, locale);
            }
            case "documents" -> {
                model.addAttribute("documents", true);
                yield show(walk, here, List.of(), model, locale);
            }
            default -> row == null ? next(walk, here, model, locale) : saveRow(walk, here, row, model, locale);
        };
    }

    private String next(Walk walk, Page here, Model model, Locale locale) {
        List<Problem> problems = problems(walk, here);
        if (!problems.isEmpty()) {
            return show(walk, here, problems, model, locale);
        }
        Set<String> asked = walk.asked();
        boolean passed = false;
        for (Page page : walk.form().pages()) {
            boolean shown = page.fields().stream().anyMatch(field -> asked.contains(field.id()));
            if (passed && shown) {
                return show(walk, page, List.of(), model, locale);
            }
            passed = passed || page.id().equals(here.id());
        }
        model.addAttribute("reached", true);
        return show(walk, here, List.of(), model, locale);
    }

    private String saveRow(Walk walk, Page here, Place row, Model model, Locale locale) {
        List<Problem> problems = problems(walk, here).stream()
                .filter(problem -> problem.path().startsWith(row.path()))
                .toList();
        return problems.isEmpty()
                ? show(walk, here, List.of(), model, locale)
                : showRow(walk, here, row, problems, model, locale);
    }

    /** Documents are handed in nowhere here, and nothing is wrong without them. */
    private List<Problem> problems(Walk walk, Page page) {
        return FormRules.problems(
                walk.form(),
                page,
                walk.answers(),
                LocalDate.ofInstant(clock.instant(), zone),
                walk.look().currency());
    }

    private String show(Walk walk, Page page, List<Problem> problems, Model model, Locale locale) {
        List<Question> asked = questions.of(Sheet.of(
                        page.fields(),
                        walk.asked(),
                        walk.answers(),
                        locale,
                        walk.look().currency())
                .with(problems));
        List<String> own = new ArrayList<>();
        page.fields().stream()
                .filter(field -> field.type() != FieldType.GROUP)
                .forEach(field -> own.add(AnswerForm.PREFIX + field.id()));
        model.addAttribute("heading", asked.size() == 1);
        model.addAttribute("topic", page.title().in(locale));
        model.addAttribute("row", null);
        List<PageError> errors = new ArrayList<>();
        Questions.all(asked).forEach(question -> {
            errors.addAll(question.errors());
            question.rows()
                    .forEach(row -> row.errors()
                            .forEach(text -> errors.add(new PageError(
                                    "#" + question.id() + "-" + row.index(), row.title() + ": " + text))));
        });
        return view(walk, page, asked, own, errors, model);
    }

    private String showRow(Walk walk, Page page, Place row, List<Problem> problems, Model model, Locale locale) {
        Map<String, Answer> answers = walk.row(row);
        Set<String> asked = FormRules.asked(walk.form(), row.group(), answers, walk.answers());
        List<Question> shown = questions.of(Sheet.of(
                        row.group().fields(),
                        asked,
                        answers,
                        locale,
                        walk.look().currency())
                .at(row.path())
                .with(problems));
        model.addAttribute("heading", false);
        model.addAttribute("topic", row.group().label().in(locale));
        model.addAttribute("row", row.group().id() + ":" + row.number());
        List<PageError> errors =
                Questions.all(shown).flatMap(one -> one.errors().stream()).toList();
        return view(walk, page, shown, List.of(AnswerForm.PREFIX + row.path()), errors, model);
    }

    private String view(
            Walk walk, Page page, List<Question> asked, List<String> own, List<PageError> errors, Model model) {
        model.addAttribute("page", page);
        model.addAttribute("pages", walk.form().pages());
        model.addAttribute("questions", asked);
        model.addAttribute("shown", Questions.shown(asked));
        model.addAttribute("carried", walk.carried(own));
        model.addAttribute("previewed", walk.look());
        String template = desk.page("preview", walk.look().file(), new Typed(), model);
        model.addAttribute("errors", errors);
        return template;
    }

    private Look look(String code, @Nullable Integer version) {
        FormFile file = desk.find(code);
        List<Desk.Use> uses = desk.uses(file);
        String money = uses.stream()
                .filter(use -> version == null || use.version() == version)
                .findFirst()
                .or(() -> uses.stream().findFirst())
                .map(use -> use.program().profile())
                .map(ProgramProfile::currency)
                .orElse(currency);
        return new Look(file, version == null ? Desk.draft(file) : desk.definition(file, version), version, money);
    }

    /**
     * What is looked at.
     *
     * @param version null for the draft
     * @param currency of the program that asks it, or else of one that asks another version of the form
     */
    record Look(
            FormFile file, FormDefinition form, @Nullable Integer version, String currency) {
        public String home() {
            return Desk.address(file) + (version == null ? "" : "/versions/" + version);
        }

        Page page(String id) {
            return form.page(id).orElseThrow(() -> new Refused(RefusalCode.NOT_FOUND));
        }
    }

    /** One entry of a group. */
    record Place(Field group, int number) {
        static @Nullable Place of(Page page, @Nullable String text) {
            String[] parts = String.valueOf(text).split(":", 2);
            return parts.length < 2 || !parts[1].matches("\\d{1,3}")
                    ? null
                    : page.fields().stream()
                            .filter(field -> field.type() == FieldType.GROUP)
                            .filter(field -> field.id().equals(parts[0]))
                            .findFirst()
                            .map(field -> new Place(field, Integer.parseInt(parts[1])))
                            .orElse(null);
        }

        String path() {
            return group.id() + "[" + number + "].";
        }
    }

    /** One carried answer. */
    record Carried(String name, String value) {}

    /** A form on the way through it. */
    private record Walk(Look look, MultiValueMap<String, String> posted) {
        FormDefinition form() {
            return look.form();
        }

        Map<String, Answer> answers() {
            return AnswerForm.parse(form(), posted);
        }

        Set<String> asked() {
            return FormRules.asked(form(), answers());
        }

        Map<String, Answer> row(Place row) {
            return AnswerForm.parse(row.group().fields(), row.path(), posted, Map.of());
        }

        /** Entries after the one that is taken out move up. */
        Walk without(Place row) {
            if (!(answers().get(row.group().id()) instanceof Answer.Rows)) {
                return this;
            }
            String start = AnswerForm.PREFIX + row.group().id() + "[";
            MultiValueMap<String, String> left = new LinkedMultiValueMap<>();
            posted.forEach((name, values) -> {
                int end = name.indexOf("].", start.length());
                if (!name.startsWith(start)
                        || end < 0
                        || !name.substring(start.length(), end).matches("\\d{1,3}")) {
                    left.put(name, values);
                    return;
                }
                int number = Integer.parseInt(name.substring(start.length(), end));
                if (number != row.number()) {
                    left.put(start + (number > row.number() ? number - 1 : number) + name.substring(end), values);
                }
            });
            return new Walk(look, left);
        }

        /** Everything that was answered and is not asked here. */
        List<Carried> carried(List<String> own) {
            Map<String, List<String>> others = new LinkedHashMap<>();
            posted.forEach((name, values) -> {
                boolean here = own.stream()
                        .anyMatch(start ->
                                name.equals(start) || name.startsWith(start.endsWith(".") ? start : start + "."));
                if (name.startsWith(AnswerForm.PREFIX) && !here) {
                    others.put(name, values);
                }
            });
            return others.entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream().map(value -> new Carried(entry.getKey(), value)))
                    .toList();
        }
    }
}
