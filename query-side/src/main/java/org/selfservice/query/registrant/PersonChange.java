package org.selfservice.query.registrant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.EventName;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.DecisionCorrected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentDeferred;
import org.selfservice.kernel.application.ApplicationEvent.DocumentUploaded;
import org.selfservice.kernel.application.ApplicationEvent.FormVersionAdopted;
import org.selfservice.kernel.application.ApplicationEvent.InformationRequested;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.registrant.ContactPreferences;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentGiven;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentWithdrawn;
import org.selfservice.kernel.registrant.RegistrantEvent.ContactPreferencesSet;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateGranted;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateRevoked;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegationAccepted;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsReceived;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsUpdated;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantRegistered;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.Consent;
import org.selfservice.kernel.registrant.RegistrantQuery.Deed;
import org.selfservice.kernel.registrant.RegistrantQuery.Delegation;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Help;
import org.selfservice.kernel.registrant.RegistrantQuery.Identity;
import org.selfservice.kernel.registrant.RegistrantQuery.Recipient;
import org.selfservice.kernel.registrant.RegistrantQuery.SameNumber;
import org.selfservice.kernel.registrant.Source;

/** A person's dossier while an event changes it. */
final class PersonChange {
    private final RegistrantId registrant;
    private @Nullable String name;
    private boolean erased;
    private final List<Identity> identities;
    private final Map<String, List<DemographicValue>> demographics;
    private final List<Consent> consents;
    private @Nullable ContactPreferences contact;
    private final List<ApplicationSummary> applications;
    private final List<EnrolmentSummary> enrolments;
    private final List<Delegation> delegations;
    private final List<Help> help;
    private final List<SameNumber> sameNumbers;
    private final Map<String, Long> seen;
    private final Map<String, List<String>> owed;

    PersonChange(DossierView.Person person) {
        Dossier dossier = person.dossier();
        registrant = dossier.registrant();
        name = dossier.name();
        erased = dossier.erased();
        identities = new ArrayList<>(dossier.identities());
        demographics = new LinkedHashMap<>(dossier.demographics());
        consents = new ArrayList<>(dossier.consents());
        contact = dossier.contact();
        applications = new ArrayList<>(dossier.applications());
        enrolments = new ArrayList<>(dossier.enrolments());
        delegations = new ArrayList<>(dossier.delegations());
        help = new ArrayList<>(dossier.help());
        sameNumbers = new ArrayList<>(dossier.sameNumbers());
        seen = new LinkedHashMap<>(dossier.seen());
        owed = new LinkedHashMap<>(person.owed());
    }

    DossierView.Person seen(Meta meta) {
        seen.put(meta.stream(), meta.sequence());
        return new DossierView.Person(
                new Dossier(
                        registrant,
                        name,
                        erased,
                        Collections.unmodifiableList(identities),
                        Collections.unmodifiableMap(demographics),
                        Collections.unmodifiableList(consents),
                        contact,
                        Collections.unmodifiableList(applications),
                        Collections.unmodifiableList(enrolments),
                        Collections.unmodifiableList(delegations),
                        Collections.unmodifiableList(help),
                        Collections.unmodifiableList(sameNumbers),
                        Collections.unmodifiableMap(seen)),
                Collections.unmodifiableMap(owed));
    }

    void registrant(RegistrantEvent event, Meta meta) {
        Identities.change(identities, sameNumbers, event, meta);
        switch (event) {
            case RegistrantRegistered registered -> name = registered.name().orNull();
            case DemographicsReceived received -> {
                Map<String, Answer> values = received.values().or(Map.of());
                values.forEach((attribute, value) ->
                        learn(attribute, value, Source.provider(received.provider()), true, meta));
                if (values.get(Demographics.NAME) instanceof Answer.Text(String verified) && !verified.isBlank()) {
                    name = verified;
                }
            }
            case DemographicsUpdated updated ->
                updated.values()
                        .or(Map.of())
                        .forEach((attribute, value) -> learn(attribute, value, updated.source(), false, meta));
            case ConsentGiven given -> {
                consents.removeIf(consent -> consent.id().equals(given.consent()));
                consents.add(new Consent(
                        given.consent(),
                        given.recipient(),
                        given.claims(),
                        given.purpose(),
                        given.textVersion(),
                        given.language(),
                        meta.at(),
                        null));
            }
            case ConsentWithdrawn withdrawn ->
                consents.replaceAll(consent -> consent.id().equals(withdrawn.consent())
                        ? new Consent(
                                consent.id(),
                                consent.recipient(),
                                consent.claims(),
                                consent.purpose(),
                                consent.textVersion(),
                                consent.language(),
                                consent.givenAt(),
                                meta.at())
                        : consent);
            case ContactPreferencesSet set -> contact = set.preferences();
            case DelegateGranted granted ->
                delegations.add(new Delegation(
                        granted.delegation(),
                        granted.name().orNull(),
                        granted.program(),
                        granted.permission(),
                        meta.at(),
                        granted.until(),
                        granted.acceptBy(),
                        null,
                        null,
                        null));
            case DelegationAccepted accepted ->
                changeDelegation(
                        accepted.delegation(),
                        one -> with(one, one.name(), accepted.delegate(), meta.at(), one.revokedAt()));
            case DelegateRevoked revoked ->
                changeDelegation(
                        revoked.delegation(),
                        one -> with(one, one.name(), one.delegate(), one.acceptedAt(), meta.at()));
            case RegistrantErased _ -> erase();
            default -> {
                // it is about logins alone
            }
        }
    }

    /** What others do for the person, gathered by who they are and by the login that it rests on. */
    void help(Event event, Meta meta) {
        Author author = meta.author();
        if (!registrant.value().equals(author.onBehalfOf())) {
            return;
        }
        Instant login = author.evidence() == null ? null : author.evidence().authTime();
        Help before = help.stream()
                .filter(one -> one.role() == author.role()
                        && one.actor().equals(author.actor())
                        && Objects.equals(one.login(), login))
                .findFirst()
                .orElse(null);
        Help after = new Help(
                author.role(),
                author.actor(),
                author.role() == Author.Role.DELEGATE ? null : author.name(),
                login,
                before == null ? meta.at() : before.since(),
                meta.at(),
                oneMore(
                        before == null ? List.of() : before.deeds(),
                        event.getClass().getAnnotation(EventName.class).value()));
        if (before == null) {
            help.add(after);
        } else {
            help.set(help.indexOf(before), after);
        }
    }

    private static List<Deed> oneMore(List<Deed> deeds, String event) {
        List<Deed> more = new ArrayList<>(deeds);
        more.replaceAll(one -> one.event().equals(event) ? new Deed(event, one.times() + 1) : one);
        if (more.stream().noneMatch(one -> one.event().equals(event))) {
            more.add(new Deed(event, 1));
        }
        return List.copyOf(more);
    }

    private void changeDelegation(String id, UnaryOperator<Delegation> change) {
        delegations.replaceAll(one -> one.id().equals(id) ? change.apply(one) : one);
    }

    private static Delegation with(
            Delegation one,
            @Nullable String name,
            @Nullable RegistrantId delegate,
            @Nullable Instant acceptedAt,
            @Nullable Instant revokedAt) {
        return new Delegation(
                one.id(),
                name,
                one.program(),
                one.permission(),
                one.grantedAt(),
                one.until(),
                one.acceptBy(),
                delegate,
                acceptedAt,
                revokedAt);
    }

    /** An empty value takes the source's own back; what other sources say stays. */
    private void learn(String attribute, Answer value, Source source, boolean verified, Meta meta) {
        List<DemographicValue> values = new ArrayList<>();
        if (!value.isEmpty()) {
            values.add(new DemographicValue(value, source, verified, meta.at(), meta.eventId(), true, List.of()));
        }
        demographics.getOrDefault(attribute, List.of()).stream()
                .map(older -> older.source().equals(source) ? with(older, false, older.recipients()) : older)
                .forEach(values::add);
        demographics.put(attribute, List.copyOf(values));
    }

    /** Leaves what a rebuild would find, now that the key is gone: even the names of the attributes were under it. */
    private void erase() {
        erased = true;
        name = null;
        contact = null;
        demographics.clear();
        delegations.replaceAll(one -> with(one, null, one.delegate(), one.acceptedAt(), one.revokedAt()));
        enrolments.replaceAll(one -> new EnrolmentSummary(
                one.id(),
                one.program(),
                one.state(),
                one.enrolledAt(),
                one.since(),
                one.application(),
                null,
                one.entitlements(),
                one.payments()));
    }

    void application(ApplicationEvent event, Meta meta) {
        if (event instanceof ApplicationStarted started) {
            applications.add(new ApplicationSummary(
                    started.application(),
                    started.reference(),
                    started.program(),
                    started.ordinal(),
                    ApplicationState.DRAFT,
                    meta.at(),
                    null,
                    null,
                    meta.at(),
                    0,
                    null));
            return;
        }
        switch (event) {
            case DocumentDeferred deferred -> owe(event.application(), deferred.field(), isOwed(deferred.why()));
            case DocumentUploaded uploaded -> owe(event.application(), uploaded.field(), false);
            case FormVersionAdopted adopted ->
                adopted.dropped().forEach(field -> owe(event.application(), field, false));
            case ApplicationSubmitted submitted -> {
                submitted.submission().owed().forEach((field, why) -> owe(event.application(), field, isOwed(why)));
                submitted
                        .submission()
                        .shared()
                        .or(Map.of())
                        .forEach((attribute, value) -> received(
                                attribute,
                                value,
                                new Recipient(submitted.program(), submitted.application(), meta.at())));
            }
            case ApplicationErased erased -> forgetRecipient(erased.application());
            default -> {}
        }
        applications.replaceAll(one -> one.id().equals(event.application()) ? after(one, event, meta) : one);
    }

    private ApplicationSummary after(ApplicationSummary summary, ApplicationEvent event, Meta meta) {
        ApplicationState state = summary.state().after(event);
        boolean decided = event instanceof ApplicationApproved
                || event instanceof ApplicationRejected
                || event instanceof DecisionCorrected;
        return new ApplicationSummary(
                summary.id(),
                summary.reference(),
                summary.program(),
                summary.ordinal(),
                state,
                summary.startedAt(),
                event instanceof ApplicationSubmitted ? meta.at() : summary.submittedAt(),
                decided ? meta.at() : summary.decidedAt(),
                meta.at(),
                owed.getOrDefault(summary.id().value(), List.of()).size(),
                event instanceof InformationRequested requested
                        ? requested.deadline()
                        : state == ApplicationState.INFORMATION_REQUESTED ? summary.deadline() : null);
    }

    private void owe(ApplicationId application, String field, boolean still) {
        TreeSet<String> fields = new TreeSet<>(owed.getOrDefault(application.value(), List.of()));
        boolean changed = still ? fields.add(field) : fields.remove(field);
        if (changed && fields.isEmpty()) {
            owed.remove(application.value());
        } else if (changed) {
            owed.put(application.value(), List.copyOf(fields));
        }
    }

    private static boolean isOwed(@Nullable Deferral why) {
        return why != null && why != Deferral.DOES_NOT_APPLY;
    }

    /** The program received exactly this value; a source that holds it now is where it came from. */
    private void received(String attribute, Answer value, Recipient recipient) {
        demographics.computeIfPresent(
                attribute,
                (_, values) -> changed(values, one -> {
                    if (!one.current() || !value.equals(one.value())) {
                        return one;
                    }
                    List<Recipient> recipients = new ArrayList<>(one.recipients());
                    recipients.add(recipient);
                    return with(one, true, List.copyOf(recipients));
                }));
    }

    private void forgetRecipient(ApplicationId application) {
        demographics.replaceAll((_, values) -> changed(
                values,
                one -> with(
                        one,
                        one.current(),
                        one.recipients().stream()
                                .filter(recipient -> !recipient.application().equals(application))
                                .toList())));
    }

    private static List<DemographicValue> changed(
            List<DemographicValue> values, UnaryOperator<DemographicValue> change) {
        return values.stream().map(change).toList();
    }

    private static DemographicValue with(DemographicValue value, boolean current, List<Recipient> recipients) {
        return new DemographicValue(
                value.value(), value.source(), value.verified(), value.at(), value.event(), current, recipients);
    }

    void enrolment(EnrolmentEvent event, Meta meta) {
        EnrolmentSummary before = enrolments.stream()
                .filter(one -> one.id().equals(event.enrolment()))
                .findFirst()
                .orElse(null);
        EnrolmentSummary after = Enrolments.after(before, event, meta);
        if (before == null) {
            enrolments.add(after);
        } else {
            enrolments.set(enrolments.indexOf(before), after);
        }
    }
}
