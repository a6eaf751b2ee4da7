package org.selfservice.web.program;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.Proofs;
import org.selfservice.web.Refusals;
import org.selfservice.web.SignedIn;
import org.selfservice.web.page.PageError;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Everything about one program, and the start of an application. */
@Controller
class ProgramPage {
    private final Portal portal;
    private final Programs programs;
    private final Pseudonyms pseudonyms;
    private final Refusals refusals;
    private final Proofs proofs;
    private final Clock clock;

    ProgramPage(
            Portal portal, Programs programs, Pseudonyms pseudonyms, Refusals refusals, Proofs proofs, Clock clock) {
        this.portal = portal;
        this.programs = programs;
        this.pseudonyms = pseudonyms;
        this.refusals = refusals;
        this.proofs = proofs;
        this.clock = clock;
    }

    /**
     * How many of a form's questions the portal can fill in.
     *
     * @param asked by a form without answers, files left out
     */
    public record Filled(long known, long asked) {}

    @GetMapping("/programs")
    String programs() {
        return "redirect:/";
    }

    @GetMapping("/programs/{code}")
    String program(@PathVariable String code, Optional<SignedIn> who, Model model) {
        ProgramDetails program = programs.find(code);
        Dossier dossier = who.map(one -> one.reach(portal.ask(new FindDossier(one.registrant()))))
                .orElse(null);
        Standing standing = standing(program, dossier);
        model.addAttribute("program", program);
        model.addAttribute("profile", program.profile());
        model.addAttribute("standing", standing);
        model.addAttribute("signedIn", who.isPresent());
        model.addAttribute("ids", proofs.ids(program.stepUp().assurance(), LocaleContextHolder.getLocale()));
        model.addAttribute(
                "able",
                who.isEmpty() || proofs.isAble(who.get(), program.stepUp().assurance()));
        model.addAttribute(
                "refusal",
                standing.policy().refusal() == null
                        ? null
                        : refusals.text(standing.policy().refusal()));
        if (dossier != null && standing.mayApply()) {
            model.addAttribute("filled", filled(programs.form(program), dossier));
        }
        return "program/program";
    }

    /** Somebody came back here by the address of the form's target: a bookmark, or a sign-in on the way. */
    @GetMapping("/programs/{code}/applications")
    String afterSignIn(@PathVariable String code) {
        return "redirect:/programs/" + programs.find(code).code();
    }

    /** @param ordinal that the page showed; sent twice it is the same application */
    @PostMapping("/programs/{code}/applications")
    String apply(
            @PathVariable String code,
            @RequestParam(required = false) @Nullable Integer ordinal,
            SignedIn who,
            RedirectAttributes next) {
        ProgramDetails program = programs.find(code);
        Standing standing = standing(program, who.reach(portal.ask(new FindDossier(who.registrant()))));
        int wanted = ordinal == null ? standing.nextOrdinal() : ordinal;
        Optional<ApplicationId> begun = standing.mine().stream()
                .filter(application -> application.ordinal() == wanted)
                .map(application -> application.id())
                .findFirst();
        try {
            ApplicationId application =
                    begun.isPresent() ? begun.get() : begin(who, program.code(), wanted, standing.policy());
            portal.ask(new FindApplication(application), ApplicationFile::exists);
            return "redirect:/applications/" + application;
        } catch (Refused refused) {
            next.addFlashAttribute("errors", List.of(new PageError("#apply", refusals.text(refused.refusal()))));
            return "redirect:/programs/" + program.code();
        }
    }

    private ApplicationId begin(SignedIn who, ProgramCode program, int ordinal, ApplicationPolicy.Answer policy) {
        if (policy.refusal() != null) {
            throw new Refused(policy.refusal());
        }
        ApplicationId application = pseudonyms.application(who.registrant(), program, ordinal);
        portal.send(new ApplyForProgram(application, who.registrant(), program, ordinal, who.language()));
        return application;
    }

    private Standing standing(ProgramDetails program, @Nullable Dossier dossier) {
        ProgramProfile profile = Objects.requireNonNull(program.profile(), "a program that opened has a profile");
        return Standing.of(program, profile, dossier, clock.instant());
    }

    private static Filled filled(FormDefinition form, Dossier dossier) {
        Set<String> asked = FormRules.asked(form, java.util.Map.of());
        List<Field> questions = form.fields()
                .filter(field -> asked.contains(field.id()) && field.type() != FieldType.FILE)
                .toList();
        return new Filled(
                questions.stream().filter(field -> isKnown(field, dossier)).count(), questions.size());
    }

    private static boolean isKnown(Field field, Dossier dossier) {
        var best = field.prefill() == null ? null : dossier.best(field.prefill());
        Answer value = best == null ? null : best.value();
        return value != null && !value.isEmpty();
    }
}
