package org.selfservice.web.application;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Behind;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.notification.Channels;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** It was sent: the reference, what happens next and by when. */
@Controller
class SentPage {
    private final OwnApplications applications;
    private final OtherPrograms others;
    private final Channels channels;
    private final Portal portal;

    SentPage(OwnApplications applications, OtherPrograms others, Channels channels, Portal portal) {
        this.applications = applications;
        this.others = others;
        this.channels = channels;
        this.portal = portal;
    }

    @GetMapping("/applications/{application}/sent")
    String show(
            SignedIn who,
            @PathVariable ApplicationId application,
            Model model,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response) {
        ApplicationFile file = applications.find(who, application);
        ProgramDetails program = applications.program(file);
        model.addAttribute("file", file);
        model.addAttribute("program", program);
        if (file.submittedAt() == null) {
            if (file.state() == ApplicationState.DRAFT && Behind.is(request)) {
                Behind.again(request, response);
                // said by the page itself
                model.addAttribute(Behind.ATTRIBUTE, false);
                return "application/sending";
            }
            return "redirect:/applications/" + application;
        }
        model.addAttribute(
                "zone", program.profile() == null ? "UTC" : program.profile().zone());
        model.addAttribute("owed", owed(file, applications, locale));
        model.addAttribute("told", channels.told(portal.ask(new FindDossier(who.registrant()))));
        model.addAttribute("others", others.than(program.code()));
        return "application/sent";
    }

    /** Questions whose document was to come later, and has not. */
    static List<String> owed(ApplicationFile file, OwnApplications applications, Locale locale) {
        if (file.submission() == null || file.submission().owed().isEmpty()) {
            return List.of();
        }
        return applications
                .form(file)
                .fields()
                .filter(field -> file.submission().owed().containsKey(field.id()))
                .filter(field -> Draft.documents(file, field.id()).isEmpty())
                .map(field -> field.label().in(locale))
                .toList();
    }
}
