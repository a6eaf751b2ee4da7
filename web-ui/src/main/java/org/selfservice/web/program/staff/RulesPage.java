package org.selfservice.web.program.staff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.program.Eligibility;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCommand.SetEligibilityRules;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramQuery.ReplayRules;
import org.selfservice.web.page.PageError;
import org.selfservice.web.page.Typed;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The rules of eligibility, and how they come out on sample answers before they are saved. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/rules")
class RulesPage {
    private static final String LIST = "rule";
    /** The button that saves; Enter in a field, which presses none, only tries the rules. */
    private static final String SAVE = "save";

    private static final List<String> EXAMPLES = List.of(
            "age(answers.birthdate) >= 18",
            "answers.income <= 400",
            "\"maize\" in answers.crops",
            "person.household_size > 3",
            "!has(answers.help) || answers.help == \"no\"");

    private final Desk desk;
    private final TryOut tryOut;
    private final RuleNames names;

    RulesPage(Desk desk, TryOut tryOut, RuleNames names) {
        this.desk = desk;
        this.tryOut = tryOut;
        this.names = names;
    }

    @GetMapping
    String show(@PathVariable String code, Locale locale, Model model) {
        ProgramDetails program = desk.find(code);
        Typed typed = Desk.filledFrom(program);
        for (int row = 0; row < program.rules().size(); row++) {
            EligibilityRule rule = program.rules().get(row);
            String at = LIST + "." + row + ".";
            typed.put(at + "id", rule.id());
            typed.put(at + "expression", rule.expression());
            typed.put(at + "message", rule.message());
            typed.put(at + "kind", rule.hard() ? "hard" : "soft");
        }
        tryOut.ask(program, program.rules(), desk.form(program), Map.of(), locale, model);
        return page(program, typed, model);
    }

    @PostMapping
    String set(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        ProgramDetails program = desk.find(code);
        FormDefinition form = desk.form(program);
        Typed typed = Typed.of(posted);
        boolean onlyShown = typed.changesRows(LIST, "expression") || typed.has("lang");
        List<EligibilityRule> rules = read(program, typed);
        if (onlyShown) {
            tryOut.ask(program, rules, form, posted, locale, model);
            return page(program, typed, model);
        }
        judgeExpressions(typed, form);
        if (typed.has(SAVE)) {
            judgeRest(typed);
            String done = desk.save(
                    program, typed, new SetEligibilityRules(program.code(), rules), field -> Typed.FORM, next);
            if (done != null) {
                return done;
            }
            tryOut.ask(program, rules, form, posted, locale, model);
            return page(program, typed, model);
        }
        List<PageError> wrongAnswers = tryOut.check(program, rules, form, posted, locale, model);
        String page = page(program, typed, model);
        List<PageError> errors = new ArrayList<>(typed.errors());
        errors.addAll(wrongAnswers);
        model.addAttribute("errors", errors);
        return page;
    }

    /** Reading it again shows the rules: what was typed is in the form alone. */
    @GetMapping("/replay")
    String replayed(@PathVariable String code) {
        return "redirect:" + Desk.ADDRESS + "/" + desk.find(code).code() + "/rules";
    }

    @PostMapping("/replay")
    String replay(
            @PathVariable String code, @RequestParam MultiValueMap<String, String> posted, Locale locale, Model model) {
        ProgramDetails program = desk.find(code);
        FormDefinition form = desk.form(program);
        Typed typed = Typed.of(posted);
        List<EligibilityRule> rules = read(program, typed);
        judgeExpressions(typed, form);
        judgeRest(typed);
        if (!typed.isRight()) {
            tryOut.ask(program, rules, form, posted, locale, model);
            return page(program, typed, model);
        }
        model.addAttribute("replayed", desk.replay(program, rules));
        model.addAttribute("most", ReplayRules.MOST);
        model.addAttribute("held", typed.of(LIST));
        return desk.page("replay", program, typed, model);
    }

    private static List<EligibilityRule> read(ProgramDetails program, Typed typed) {
        List<EligibilityRule> rules = new ArrayList<>();
        for (int row : typed.filledRows(LIST)) {
            rules.add(rule(program, typed, row));
        }
        return rules;
    }

    private static EligibilityRule rule(ProgramDetails program, Typed typed, int row) {
        String at = LIST + "." + row + ".";
        String id = typed.word(at + "id");
        LocalizedText before = program.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .map(EligibilityRule::message)
                .findFirst()
                .orElse(LocalizedText.EMPTY);
        return new EligibilityRule(
                id, typed.word(at + "expression"), typed.text(at + "message", before), !typed.is(at + "kind", "soft"));
    }

    /** What is wrong with each rule stands at its field, so that all can be mended at once. */
    private void judgeExpressions(Typed typed, @Nullable FormDefinition form) {
        typed.filledRows(LIST).forEach(row -> judgeExpression(typed, LIST + "." + row + ".expression", form));
    }

    /** What a rule needs to be saved, but not to be tried. */
    private void judgeRest(Typed typed) {
        Set<String> ids = new HashSet<>();
        for (int row : typed.filledRows(LIST)) {
            String at = LIST + "." + row + ".";
            String id = typed.word(at + "id");
            if (!id.matches("[a-z][a-z0-9-]{0,39}")) {
                typed.wrong(at + "id", desk.text("programs.wrong.id"));
            } else if (!ids.add(id)) {
                typed.wrong(at + "id", desk.text("programs.wrong.id.twice"));
            }
            if (typed.word(at + "message.en").isEmpty()) {
                typed.wrong(at + "message.en", desk.text("programs.wrong.english"));
            }
        }
    }

    private void judgeExpression(Typed typed, String control, @Nullable FormDefinition form) {
        String expression = typed.word(control);
        if (expression.isEmpty()) {
            typed.wrong(control, desk.text("programs.wrong.expression"));
            return;
        }
        EligibilityRule rule = new EligibilityRule("rule", expression, LocalizedText.EMPTY, true);
        try {
            Eligibility.validate(rule);
        } catch (Refused refused) {
            typed.wrong(
                    control,
                    desk.text(
                            "programs.wrong.expression.problem",
                            Objects.requireNonNullElse(refused.details().get("problem"), "")));
            return;
        }
        if (form != null) {
            Eligibility.answersUsed(rule).stream()
                    .sorted()
                    .filter(field -> form.field(field).isEmpty())
                    .findFirst()
                    .ifPresent(field -> typed.wrong(control, desk.text("programs.wrong.expression.question", field)));
        }
    }

    private String page(ProgramDetails program, Typed typed, Model model) {
        if (typed.rows(LIST).isEmpty()) {
            typed.add(LIST, "expression");
        }
        Locale locale = LocaleContextHolder.getLocale();
        model.addAttribute("examples", EXAMPLES);
        model.addAttribute("answerNames", names.answers(desk.form(program), locale));
        model.addAttribute("personNames", names.person(locale));
        return desk.page("rules", program, typed, model);
    }
}
