package org.selfservice.kernel.registrant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.program.ProgramCode;

/** What a person does with what the portal knows of them, and what a login brings. */
public sealed interface RegistrantCommand extends Command {
    /** The link of the login with which somebody was registered. */
    String FIRST = "first";

    RegistrantId registrant();

    @Override
    default String stream() {
        return registrant().value();
    }

    /**
     * The first login. Sent again at every login: a registrant who exists stays as they are. Refused with
     * REGISTRANT_ERASED when this generation was erased; the next generation then registers anew.
     *
     * @param provider the identity provider's id in the portal's configuration
     */
    record RegisterRegistrant(
            RegistrantId registrant,
            int generation,
            Personal<Login> login,
            String provider,
            IdType idType,
            Personal<String> name)
            implements RegistrantCommand {}

    /** What an identity provider vouched for at a login; only what is new or changed becomes an event. */
    record RecordClaims(RegistrantId registrant, String provider, Personal<Map<String, Answer>> claims)
            implements RegistrantCommand {}

    /** What the person (or an officer for them) says; it stands beside a verified value and never replaces it. */
    record UpdateDemographics(RegistrantId registrant, Source source, Personal<Map<String, Answer>> values)
            implements RegistrantCommand {}

    /**
     * @param consent made by the sender, so that a repeated command gives one consent: the login's or the application's id
     * @param recipient the identity provider's id or the program's code
     * @param claims demographic attributes that are shared
     * @param purpose {@code sign-in} or {@code application}
     * @param textVersion which version of the consent text was shown, in which language
     */
    record GiveConsent(
            RegistrantId registrant,
            String consent,
            String recipient,
            List<String> claims,
            String purpose,
            String textVersion,
            String language)
            implements RegistrantCommand {}

    record WithdrawConsent(RegistrantId registrant, String consent) implements RegistrantCommand {}

    record SetContactPreferences(RegistrantId registrant, ContactPreferences preferences)
            implements RegistrantCommand {}

    /**
     * Lets somebody act for the person who brings the invitation's code.
     *
     * @param delegation made by the sender, so that a repeated command gives one right
     * @param name what the person calls them, 1 to 200 code points
     * @param program null for all
     * @param until at most two years from now
     * @param invitation SHA-256 of the code, as 64 hexadecimal digits
     * @param acceptBy the code is good until then
     */
    record GrantDelegate(
            RegistrantId registrant,
            String delegation,
            Personal<String> name,
            @Nullable ProgramCode program,
            Permission permission,
            Instant until,
            String invitation,
            Instant acceptBy)
            implements RegistrantCommand {}

    /** Sent by the one who may act from now on. */
    record AcceptDelegation(RegistrantId registrant, String delegation, RegistrantId delegate, String invitation)
            implements RegistrantCommand {}

    record RevokeDelegate(RegistrantId registrant, String delegation) implements RegistrantCommand {}

    /**
     * From now on the login leads to somebody who is registered already. Its own stream is where that is judged: of two people
     * who want the same login one gets it. Refused with LOGIN_TAKEN when it leads to another one or is one's own; with
     * REGISTRANT_ERASED or LOGIN_UNLINKED when the next generation must be tried.
     *
     * @param registrant the stream of the login
     * @param link made by the sender, so that a repeated command gives one link
     */
    record JoinLogin(
            RegistrantId registrant,
            int generation,
            Personal<Login> login,
            String link,
            RegistrantId to,
            String provider,
            IdType idType)
            implements RegistrantCommand {}

    /** Follows {@link JoinLogin}: the person has one more ID. */
    record LinkIdentity(RegistrantId registrant, String link, RegistrantId login, String provider, IdType idType)
            implements RegistrantCommand {}

    /** Takes an ID away from the person, unless it is their last one. The first one's link is {@link #FIRST}. */
    record UnlinkIdentity(RegistrantId registrant, String link) implements RegistrantCommand {}

    /** Follows {@link UnlinkIdentity}: the login is anybody's again, and registers its person anew. */
    record ReleaseLogin(RegistrantId registrant, String link) implements RegistrantCommand {}

    /** Somebody showed that a login is theirs which leads to another registrant: staff may want to look at it. */
    record ReportTakenLogin(RegistrantId registrant, String provider, RegistrantId holder)
            implements RegistrantCommand {}

    /** Another registrant's provider vouches for the same ID number. It is told, and nothing else follows by itself. */
    record NoteSameNumber(RegistrantId registrant, String attribute, RegistrantId other) implements RegistrantCommand {}

    /** Destroys the keys of the person and of their cases. */
    record EraseRegistrant(RegistrantId registrant) implements RegistrantCommand {}
}
