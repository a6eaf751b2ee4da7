package org.selfservice.web.registrant;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything that the portal holds about the person, to take along: one JSON file. */
@RestController
class Download {
    private final Portal portal;
    private final Clock clock;

    Download(Portal portal, Clock clock) {
        this.portal = portal;
        this.clock = clock;
    }

    record Everything(Instant madeAt, Dossier information, List<ApplicationFile> applications) {}

    @GetMapping("/me/download")
    ResponseEntity<Everything> all(SignedIn who) {
        Dossier dossier = portal.ask(new FindDossier(who.registrant()));
        Instant now = clock.instant();
        String name = "my-information-" + LocalDate.ofInstant(now, ZoneOffset.UTC) + ".json";
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(new Everything(
                        now,
                        dossier,
                        dossier.applications().stream()
                                .map(one -> portal.ask(new FindApplication(one.id()))
                                        .forItsPerson())
                                .toList()));
    }
}
