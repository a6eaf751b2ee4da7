package org.selfservice.web.registrant;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantCommand.UpdateDemographics;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.ConfirmFirst;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.application.KeptAnswers;
import org.selfservice.web.form.AnswerForm;
import org.selfservice.web.form.Question;
import org.selfservice.web.form.Questions;
import org.selfservice.web.form.Questions.Sheet;
import org.selfservice.web.page.PageError;
import org.springframework.beans.factory.annotation.Value;
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

/** Changing one thing about oneself. What an identity provider verified stays beside it. */
@Controller
@RequestMapping("/me/change/{attribute}")
class ChangePages {

    private final Portal portal;
    private final Questions questions;
    private final MessageSource texts;
    private final KeptAnswers kept;
    private final Clock clock;
    private final ZoneId zone;

    ChangePages(
            Portal portal,
            Questions questions,
            MessageSource texts,
            KeptAnswers kept,
            Clock clock,
            @Value("${portal.zone:UTC}") ZoneId zone) {
        this.portal = portal;
        this.questions = questions;
        this.texts = texts;
        this.kept = kept;
        this.clock = clock;
        this.zone = zone;
    }

    @GetMapping
    String show(SignedIn who, @PathVariable String attribute, Locale locale, Model model) {
        Field field = field(attribute, locale);
        Dossier dossier = portal.ask(new FindDossier(who.registrant()));
        DemographicValue own = dossier.demographics().getOrDefault(attribute, List.of()).stream()
                .filter(value -> value.current() && value.source().equals(who.source()))
                .findFirst()
                .orElse(dossier.best(attribute));
        MultiValueMap<String, String> typed = kept.take(who.registrant(), address(attribute));
        Map<String, Answer> answers = typed != null
                ? AnswerForm.parse(form(field), typed)
                : own == null || own.value() == null ? Map.of() : Map.of(attribute, own.value());
        return page(dossier, field, answers, List.of(), locale, model);
    }

    @PostMapping
    String change(
            SignedIn who,
            @PathVariable String attribute,
            @RequestParam MultiValueMap<String, String> posted,
            Locale locale,
            Model model,
            RedirectAttributes after) {
        Field field = field(attribute, locale);
        FormDefinition form = form(field);
        Map<String, Answer> typed = AnswerForm.parse(form, posted);
        List<Problem> problems =
                FormRules.problems(form, typed, LocalDate.ofInstant(clock.instant(), zone), Money.NO_CURRENCY);
        if (!problems.isEmpty()) {
            return page(portal.ask(new FindDossier(who.registrant())), field, typed, problems, locale, model);
        }
        long sequence;
        try {
            sequence = portal.send(new UpdateDemographics(
                            who.registrant(),
                            who.source(),
                            Personal.of(new LinkedHashMap<>(FormRules.normalize(form, typed)))))
                    .sequence();
        } catch (Refused no) {
            String next = ConfirmFirst.instead(no, address(attribute));
            kept.keep(who.registrant(), address(attribute));
            return next;
        }
        portal.ask(
                new FindDossier(who.registrant()),
                dossier -> dossier.hasSeen(who.registrant().value(), sequence));
        after.addFlashAttribute(
                "notice",
                texts.getMessage(
                        "registrant.changed", new Object[] {field.label().in(locale)}, locale));
        return "redirect:/me";
    }

    private String page(
            Dossier dossier,
            Field field,
            Map<String, Answer> answers,
            List<Problem> problems,
            Locale locale,
            Model model) {
        List<Question> asked =
                questions.of(Sheet.of(List.of(field), Set.of(field.id()), answers, locale, Money.NO_CURRENCY)
                        .with(problems));
        model.addAttribute("attribute", field.id());
        model.addAttribute("label", field.label().in(locale));
        model.addAttribute("questions", asked);
        model.addAttribute("shown", Questions.shown(asked));
        model.addAttribute(
                "errors",
                asked.stream()
                        .flatMap(question -> question.errors().stream())
                        .map(error -> new PageError(error.href(), error.text()))
                        .toList());
        model.addAttribute(
                "verified",
                dossier.demographics().getOrDefault(field.id(), List.of()).stream()
                        .anyMatch(value -> value.verified() && value.current()));
        return "registrant/change";
    }

    private static String address(String attribute) {
        return "/me/change/" + attribute;
    }

    private static FormDefinition form(Field field) {
        return new FormDefinition(
                List.of(new Page("change", LocalizedText.EMPTY, LocalizedText.EMPTY, null, List.of(field))));
    }

    private Field field(String attribute, Locale locale) {
        if (!Demographics.CHANGEABLE.contains(attribute)) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        String label = texts.getMessage("registrant.attribute." + attribute, null, locale);
        Field question = Demographics.question(attribute);
        return new Field(
                question.id(),
                question.type(),
                new LocalizedText(Map.of(locale.getLanguage(), label)),
                question.hint(),
                question.required(),
                question.mayNotKnow(),
                question.constraints(),
                question.options(),
                question.showIf(),
                attribute,
                question.reportable(),
                question.fields());
    }
}
