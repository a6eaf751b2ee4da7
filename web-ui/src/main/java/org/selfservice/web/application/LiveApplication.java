package org.selfservice.web.application;

import java.io.IOException;
import java.time.Duration;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells an open page that its application changed (server-sent events). It sends the sequence number alone: the page
 * fetches itself again, so that what is shown has one way to the browser.
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
        Portal.Following following = portal.follow(
                new FindApplication(application), file -> tell(page, file.sequence()), page::completeWithError);
        page.onCompletion(following::close);
        page.onTimeout(page::complete);
        return page;
    }

    private static void tell(SseEmitter page, long sequence) {
        try {
            page.send(SseEmitter.event()
                    .name("changed")
                    .id(Long.toString(sequence))
                    .data(sequence));
        } catch (IOException | IllegalStateException gone) {
            page.completeWithError(gone);
        }
    }
}
