package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.registrant.ContactPreferences;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.Consent;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Identity;
import org.selfservice.web.Portal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/registrants")
@Tag(name = "Registrants")
class RegistrantEndpoints {
    private final Portal portal;

    RegistrantEndpoints(Portal portal) {
        this.portal = portal;
    }

    /**
     * What programs hold about a person, without what the person has not sent.
     *
     * @param demographics newest value first, per attribute
     */
    record RegistrantFile(
            RegistrantId registrant,
            @Nullable String name,
            boolean erased,
            List<Identity> identities,
            Map<String, List<DemographicValue>> demographics,
            List<Consent> consents,
            @Nullable ContactPreferences contact,
            List<ApplicationSummary> cases,
            List<EnrolmentSummary> enrolments) {

        /** Without what only staff may read. */
        @Override
        public String toString() {
            return "RegistrantFile[registrant=" + registrant + "]";
        }
    }

    @Operation(operationId = "findDossier", summary = "What programs hold about a person")
    @GetMapping("/{id}")
    RegistrantFile one(@PathVariable RegistrantId id) {
        Dossier dossier = portal.ask(new FindDossier(id));
        if (dossier.seen().isEmpty()) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return new RegistrantFile(
                dossier.registrant(),
                dossier.name(),
                dossier.erased(),
                dossier.identities(),
                dossier.demographics(),
                dossier.consents(),
                dossier.contact(),
                dossier.applications().stream()
                        .filter(application -> application.submittedAt() != null)
                        .toList(),
                dossier.enrolments());
    }
}
