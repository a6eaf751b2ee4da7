package org.selfservice.web.application;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells an open page that its application changed, or the enrolment that came from it (server-sent events). It sends no more
 * than what the page compares: the page fetches itself again, so that what is shown has one way to the browser.
 */
@RestController
class LiveApplication {
    /** The browser connects again by itself; a connection does not outlive a session for long. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final Portal portal;
    private final OwnApplications applications;

    LiveApplication(Portal portal, OwnApplications applications) {
        this.portal = portal;
        this.applications = applications;
    }

    @GetMapping(path = "/applications/{application}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter follow(SignedIn who, @PathVariable ApplicationId application) {
        applications.find(who, application);
        SseEmitter page = new SseEmitter(LIFE.toMillis());
        // when what it follows is away, the browser connects again
        Portal.Following file = portal.follow(
                new FindApplication(application),
                one -> tell(page, "changed", Long.toString(one.sequence())),
                lost -> page.complete());
        Portal.Following enrolments = portal.follow(
                new FindDossier(who.registrant()),
                dossier -> tell(page, "enrolled", seen(enrolment(dossier, application))),
                lost -> page.complete());
        page.onCompletion(() -> {
            file.close();
            enrolments.close();
        });
        page.onTimeout(page::complete);
        return page;
    }

    /** The enrolment that came from the application. */
    static @Nullable EnrolmentSummary enrolment(Dossier dossier, ApplicationId application) {
        return dossier.enrolments().stream()
                .filter(one -> application.equals(one.application()))
                .findFirst()
                .orElse(null);
    }

    /** Another text whenever the page would show something else of it. */
    static String seen(@Nullable EnrolmentSummary enrolment) {
        return enrolment == null
                ? "none"
                : enrolment.state() + "-" + enrolment.payments().size();
    }

    private static void tell(SseEmitter page, String event, String seen) {
        try {
            page.send(SseEmitter.event().name(event).id(seen).data(seen));
        } catch (IOException | IllegalStateException gone) {
            page.completeWithError(gone);
        }
    }
}
