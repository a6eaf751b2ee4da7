package org.selfservice.kernel.registrant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.program.ProgramCode;

/** What one may ask about a registrant. */
public sealed interface RegistrantQuery<A> extends Query<A> {

    /** Everything that any program holds about the person. The answer is empty, not missing, for an unknown registrant. */
    record FindDossier(RegistrantId registrant) implements RegistrantQuery<Dossier> {
        @Override
        public Class<Dossier> answer() {
            return Dossier.class;
        }
    }

    /**
     * @param name as the portal greets the person; null before the registration is seen, or when erased
     * @param identities logins, without subject
     * @param demographics newest value first, per attribute
     * @param seen last sequence number seen, by stream, for whoever must not read older than what they wrote
     */
    record Dossier(
            RegistrantId registrant,
            @Nullable String name,
            boolean erased,
            List<Identity> identities,
            Map<String, List<DemographicValue>> demographics,
            List<Consent> consents,
            @Nullable ContactPreferences contact,
            List<ApplicationSummary> applications,
            List<EnrolmentSummary> enrolments,
            Map<String, Long> seen) {

        /** The value that the portal uses to fill in forms: the newest verified one, else the newest. */
        public @Nullable DemographicValue best(String attribute) {
            List<DemographicValue> values = demographics.getOrDefault(attribute, List.of());
            return values.stream()
                    .filter(DemographicValue::verified)
                    .findFirst()
                    .orElse(values.isEmpty() ? null : values.getFirst());
        }

        public boolean hasSeen(String stream, long sequence) {
            return seen.getOrDefault(stream, -1L) >= sequence;
        }

        /** Without what only its person may read. */
        @Override
        public String toString() {
            return "Dossier[registrant=" + registrant + "]";
        }
    }

    record Identity(String provider, IdType idType, Instant since) {}

    /**
     * One value with its provenance.
     *
     * @param value null when it was erased
     * @param event the event that brought it
     * @param current the newest of its source; older ones are history
     * @param recipients programs that received exactly this value, and when
     */
    record DemographicValue(
            @Nullable Answer value,
            Source source,
            boolean verified,
            Instant at,
            String event,
            boolean current,
            List<Recipient> recipients) {}

    record Recipient(ProgramCode program, ApplicationId application, Instant at) {}

    record Consent(
            String id,
            String recipient,
            List<String> claims,
            String purpose,
            String textVersion,
            String language,
            Instant givenAt,
            @Nullable Instant withdrawnAt) {}

    /**
     * One line of "my applications".
     *
     * @param owes how many documents are still owed
     * @param deadline of the request for information, when there is one open
     */
    record ApplicationSummary(
            ApplicationId id,
            String reference,
            ProgramCode program,
            int ordinal,
            ApplicationState state,
            Instant startedAt,
            @Nullable Instant submittedAt,
            @Nullable Instant decidedAt,
            Instant changedAt,
            int owes,
            @Nullable Instant deadline) {}
}
