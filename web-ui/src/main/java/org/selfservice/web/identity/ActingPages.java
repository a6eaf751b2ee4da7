package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.registrant.RegistrantCommand.AcceptDelegation;
import org.selfservice.kernel.registrant.RegistrantQuery.Delegation;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindInvitation;
import org.selfservice.kernel.registrant.RegistrantQuery.FindMandates;
import org.selfservice.kernel.registrant.RegistrantQuery.Mandate;
import org.selfservice.web.Portal;
import org.selfservice.web.Refusals;
import org.selfservice.web.SignedIn;
import org.selfservice.web.page.PageError;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Acting for somebody who allows it: with their code at first, and whenever one wants to after that. */
@Controller
@RequestMapping(AssistPages.ACTING)
class ActingPages {
    private static final Set<String> OUTCOMES = Set.of("over", "stopped");

    private final Portal portal;
    private final Refusals refusals;
    private final MessageSource texts;
    private final Clock clock;

    ActingPages(Portal portal, Refusals refusals, MessageSource texts, Clock clock) {
        this.portal = portal;
        this.refusals = refusals;
        this.texts = texts;
        this.clock = clock;
    }

    /** @param program null for all */
    record Choice(
            String delegation,
            @Nullable String name,
            @Nullable LocalizedText program,
            Delegation right) {
        @Override
        public String toString() {
            return delegation;
        }
    }

    private record Found(Dossier dossier, Delegation right) {}

    @GetMapping
    String list(SignedIn who, @RequestParam(required = false) @Nullable String outcome, Locale locale, Model model) {
        if (outcome != null && OUTCOMES.contains(outcome)) {
            model.addAttribute("outcome", texts.getMessage("acting.outcome." + outcome, null, locale));
        }
        return page(who, List.of(), model);
    }

    @PostMapping("/accept")
    String accept(
            SignedIn who,
            @RequestParam(defaultValue = "") String code,
            Locale locale,
            Model model,
            RedirectAttributes after,
            HttpServletResponse response) {
        String hash = new InvitationCode(code).hash();
        try {
            Mandate invitation = portal.ask(new FindInvitation(hash)).all().stream()
                    .findFirst()
                    .orElseThrow(() -> new Refused(RefusalCode.INVITATION_UNKNOWN));
            var position = portal.send(
                    new AcceptDelegation(invitation.registrant(), invitation.delegation(), who.registrant(), hash));
            portal.ask(
                    new FindDossier(invitation.registrant()),
                    dossier -> dossier.hasSeen(position.stream(), position.sequence()));
            portal.ask(
                    new FindMandates(who.registrant()),
                    mandates -> mandates.all().contains(invitation));
            after.addFlashAttribute("notice", texts.getMessage("acting.accepted", null, locale));
            return "redirect:" + AssistPages.ACTING;
        } catch (Refused no) {
            response.setStatus(no.code().status());
            // of a person who was erased nothing is told, not even that
            Refused told =
                    no.code() == RefusalCode.REGISTRANT_ERASED ? new Refused(RefusalCode.INVITATION_UNKNOWN) : no;
            return page(who, List.of(new PageError("#code", refusals.text(told.refusal(), locale))), model);
        }
    }

    /** From here on the person's pages are open. */
    @PostMapping("/begin")
    String begin(
            SignedIn who,
            @AuthenticationPrincipal PortalUser.Person self,
            @RequestParam(defaultValue = "") String delegation,
            HttpServletRequest request) {
        Found found = standing(who)
                .filter(one -> one.right().id().equals(delegation))
                .findFirst()
                .orElseThrow(() -> new Refused(RefusalCode.NOT_DELEGATED));
        ProgramCode program = found.right().program();
        new Acting.Delegated(
                        who.registrant().value(),
                        found.dossier().registrant().value(),
                        found.dossier().name(),
                        delegation,
                        program == null ? null : program.value(),
                        found.right().permission(),
                        self.proof(),
                        clock.instant())
                .begin(request);
        return "redirect:/applications";
    }

    @PostMapping("/stop")
    String stop(HttpServletRequest request) {
        Acting acting = Acting.in(request.getSession());
        return "redirect:"
                + (acting == null ? AssistPages.ACTING : AssistPages.end(acting, request, "stopped", clock.instant()));
    }

    private Stream<Found> standing(SignedIn who) {
        return portal.ask(new FindMandates(who.registrant())).all().stream()
                .map(mandate -> found(mandate, who))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
    }

    private @Nullable Found found(Mandate mandate, SignedIn who) {
        Dossier dossier = portal.ask(new FindDossier(mandate.registrant()));
        return dossier.erased()
                ? null
                : dossier.delegations().stream()
                        .filter(one -> one.id().equals(mandate.delegation())
                                && one.stands(clock.instant())
                                && who.registrant().equals(one.delegate()))
                        .findFirst()
                        .map(one -> new Found(dossier, one))
                        .orElse(null);
    }

    private String page(SignedIn who, List<PageError> errors, Model model) {
        model.addAttribute("errors", errors);
        model.addAttribute(
                "choices",
                standing(who)
                        .map(one -> new Choice(
                                one.right().id(),
                                Acting.shortName(one.dossier().name()),
                                program(one.right().program()),
                                one.right()))
                        .toList());
        return "identity/acting";
    }

    private @Nullable LocalizedText program(@Nullable ProgramCode code) {
        if (code == null) {
            return null;
        }
        var profile = portal.ask(new FindProgram(code)).profile();
        return profile == null ? LocalizedText.en(code.value()) : profile.name();
    }
}
