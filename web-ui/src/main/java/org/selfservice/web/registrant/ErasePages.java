package org.selfservice.web.registrant;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.page.PageError;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Erasing everything about oneself: what it means, the confirmation, and the goodbye. */
@Controller
class ErasePages {
    private static final String GOODBYE = "/help/erased";

    private final Portal portal;
    private final FindByIndexNameSessionRepository<?> sessions;
    private final MessageSource texts;

    ErasePages(
            Portal portal,
            @Qualifier("keptSessions") FindByIndexNameSessionRepository<?> sessions,
            MessageSource texts) {
        this.portal = portal;
        this.sessions = sessions;
        this.texts = texts;
    }

    @GetMapping("/me/erase")
    String ask(SignedIn who, Model model) {
        return page(who, List.of(), model);
    }

    @PostMapping("/me/erase")
    String erase(
            SignedIn who,
            @RequestParam(defaultValue = "") String understood,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!understood.equals("yes")) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            String text = texts.getMessage("erase.notUnderstood", null, locale);
            return page(who, List.of(new PageError("#understood", text)), model);
        }
        portal.send(new EraseRegistrant(who.registrant()));
        signOutEverywhere(who, request, response);
        return "redirect:" + GOODBYE;
    }

    /** For whoever is nobody any more. */
    @GetMapping(GOODBYE)
    String goodbye(Optional<SignedIn> somebody) {
        return somebody.isPresent() ? "redirect:/me" : "registrant/erased";
    }

    private String page(SignedIn who, List<PageError> errors, Model model) {
        Dossier dossier = portal.ask(new FindDossier(who.registrant()));
        List<String> open = dossier.applications().stream()
                .filter(one -> one.state().isOpen())
                .map(ApplicationSummary::reference)
                .toList();
        model.addAttribute("open", open);
        model.addAttribute("errors", errors);
        return "registrant/erase";
    }

    /** Other devices too: a session must not outlive the person it is about. */
    private void signOutEverywhere(SignedIn who, HttpServletRequest request, HttpServletResponse response) {
        sessions.findByPrincipalName(who.registrant().value()).keySet().forEach(sessions::deleteById);
        new SecurityContextLogoutHandler()
                .logout(request, response, SecurityContextHolder.getContext().getAuthentication());
    }
}
