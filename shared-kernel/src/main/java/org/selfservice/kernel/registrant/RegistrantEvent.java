package org.selfservice.kernel.registrant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.EventName;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.program.ProgramCode;

/** What happened to registrants. */
public sealed interface RegistrantEvent extends Event {
    RegistrantId registrant();

    @Override
    default String stream() {
        return registrant().value();
    }

    @EventName("registrant.registered")
    record RegistrantRegistered(
            RegistrantId registrant,
            int generation,
            Personal<Login> login,
            String provider,
            IdType idType,
            Personal<String> name)
            implements RegistrantEvent {}

    /** Verified by the provider. Only new and changed values. */
    @EventName("registrant.demographics-received")
    record DemographicsReceived(RegistrantId registrant, String provider, Personal<Map<String, Answer>> values)
            implements RegistrantEvent {}

    /** Not verified. Only new and changed values. */
    @EventName("registrant.demographics-updated")
    record DemographicsUpdated(RegistrantId registrant, Source source, Personal<Map<String, Answer>> values)
            implements RegistrantEvent {}

    @EventName("registrant.consent-given")
    record ConsentGiven(
            RegistrantId registrant,
            String consent,
            String recipient,
            List<String> claims,
            String purpose,
            String textVersion,
            String language)
            implements RegistrantEvent {}

    @EventName("registrant.consent-withdrawn")
    record ConsentWithdrawn(RegistrantId registrant, String consent) implements RegistrantEvent {}

    @EventName("registrant.contact-preferences-set")
    record ContactPreferencesSet(RegistrantId registrant, ContactPreferences preferences) implements RegistrantEvent {}

    @EventName("registrant.delegate-granted")
    record DelegateGranted(
            RegistrantId registrant,
            String delegation,
            Personal<String> name,
            @Nullable ProgramCode program,
            Permission permission,
            Instant until,
            String invitation,
            Instant acceptBy)
            implements RegistrantEvent {}

    @EventName("registrant.delegation-accepted")
    record DelegationAccepted(RegistrantId registrant, String delegation, RegistrantId delegate)
            implements RegistrantEvent {}

    /** @param delegate null when the invitation was not accepted yet */
    @EventName("registrant.delegate-revoked")
    record DelegateRevoked(
            RegistrantId registrant,
            String delegation,
            @Nullable RegistrantId delegate) implements RegistrantEvent {}

    /** On the stream of the login: it leads to somebody who was registered with another one. */
    @EventName("registrant.login-joined")
    record LoginJoined(RegistrantId registrant, String link, RegistrantId to, String provider, IdType idType)
            implements RegistrantEvent {}

    @EventName("registrant.login-released")
    record LoginReleased(RegistrantId registrant, String link) implements RegistrantEvent {}

    /** @param login the stream of the login */
    @EventName("registrant.identity-linked")
    record IdentityLinked(RegistrantId registrant, String link, RegistrantId login, String provider, IdType idType)
            implements RegistrantEvent {}

    @EventName("registrant.identity-unlinked")
    record IdentityUnlinked(RegistrantId registrant, String link, RegistrantId login) implements RegistrantEvent {}

    /** @param holder to whom the login leads that the person showed to be theirs */
    @EventName("registrant.taken-login-reported")
    record TakenLoginReported(RegistrantId registrant, String provider, RegistrantId holder)
            implements RegistrantEvent {}

    /** @param attribute of the demographics: which number it is */
    @EventName("registrant.same-number-found")
    record SameNumberFound(RegistrantId registrant, String attribute, RegistrantId other) implements RegistrantEvent {}

    @EventName("registrant.erased")
    record RegistrantErased(RegistrantId registrant) implements RegistrantEvent {}
}
