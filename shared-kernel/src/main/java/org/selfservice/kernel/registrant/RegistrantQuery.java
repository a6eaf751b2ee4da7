package org.selfservice.kernel.registrant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
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
     * @param identities logins that lead to the person, without subject, oldest first
     * @param demographics newest value first, per attribute
     * @param delegations rights to act for the person, oldest first, also those that are over
     * @param help what others did for the person, oldest first
     * @param sameNumbers ID numbers that another registrant has too, as their providers say
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
            List<Delegation> delegations,
            List<Help> help,
            List<SameNumber> sameNumbers,
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

    /**
     * A login that leads to the person.
     *
     * @param link by which it can be taken away
     * @param login the stream of the login, which names nobody; the person's own for the first one
     */
    record Identity(String link, RegistrantId login, String provider, IdType idType, Instant since) {}

    /**
     * A right to act for the person.
     *
     * @param name what the person calls the one who may; null when it was erased
     * @param program null for all
     * @param acceptBy until then the invitation can be accepted
     * @param delegate who accepted it; null while nobody has
     */
    record Delegation(
            String id,
            @Nullable String name,
            @Nullable ProgramCode program,
            Permission permission,
            Instant grantedAt,
            Instant until,
            Instant acceptBy,
            @Nullable RegistrantId delegate,
            @Nullable Instant acceptedAt,
            @Nullable Instant revokedAt) {

        public boolean stands(Instant now) {
            return delegate != null && revokedAt == null && now.isBefore(until);
        }

        public boolean waits(Instant now) {
            return delegate == null && revokedAt == null && now.isBefore(acceptBy);
        }

        /** Without what only its person may read. */
        @Override
        public String toString() {
            return "Delegation[id=" + id + "]";
        }
    }

    /**
     * What somebody did for the person, as long as one login lasted.
     *
     * @param actor an officer's login name, or a delegate's id
     * @param staff the name under which staff are known; null for delegates
     * @param login when the evidence for it was given: at one time there is one
     */
    record Help(
            Author.Role role,
            String actor,
            @Nullable String staff,
            @Nullable Instant login,
            Instant since,
            Instant last,
            List<Deed> deeds) {}

    /** @param event the event's stored name */
    record Deed(String event, int times) {}

    /**
     * For staff: people who showed that a login is theirs which leads to another registrant, or who have an ID number in common
     * with one, newest first.
     *
     * @param after the last page's {@link TakenLogins#next()}; null for the first page
     * @param limit 1 to 100
     */
    record FindTakenLogins(@Nullable String after, int limit) implements RegistrantQuery<TakenLogins> {
        @Override
        public Class<TakenLogins> answer() {
            return TakenLogins.class;
        }
    }

    record SameNumber(String attribute, RegistrantId other) {}

    record TakenLogins(List<TakenLogin> all, @Nullable String next) {}

    /**
     * Two registrants who may be one person.
     *
     * @param holder to whom the login leads, or who has the same number
     * @param provider of the login; null when they have a number in common
     * @param attribute which number they have in common; null when it is about a login
     */
    record TakenLogin(
            RegistrantId registrant,
            RegistrantId holder,
            @Nullable String provider,
            @Nullable String attribute,
            Instant at) {}

    /** To whom this code was given; the answer is empty when it was given to nobody. */
    record FindInvitation(String invitation) implements RegistrantQuery<Mandates> {
        @Override
        public Class<Mandates> answer() {
            return Mandates.class;
        }
    }

    /** For whom the person was ever allowed to act. */
    record FindMandates(RegistrantId delegate) implements RegistrantQuery<Mandates> {
        @Override
        public Class<Mandates> answer() {
            return Mandates.class;
        }
    }

    /** What each of them is about, and whether it stands, is in the dossiers. */
    record Mandates(List<Mandate> all) {}

    record Mandate(RegistrantId registrant, String delegation) {}

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
