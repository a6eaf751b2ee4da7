package org.selfservice.command.registrant;

import static org.selfservice.command.Decide.append;
import static org.selfservice.command.Decide.now;
import static org.selfservice.command.Decide.refuseIf;
import static org.selfservice.command.Decide.unchanged;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.selfservice.command.Streams;
import org.selfservice.command.Texts;
import org.selfservice.command.program.Offer;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantCommand;
import org.selfservice.kernel.registrant.RegistrantCommand.AcceptDelegation;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.GiveConsent;
import org.selfservice.kernel.registrant.RegistrantCommand.GrantDelegate;
import org.selfservice.kernel.registrant.RegistrantCommand.JoinLogin;
import org.selfservice.kernel.registrant.RegistrantCommand.LinkIdentity;
import org.selfservice.kernel.registrant.RegistrantCommand.NoteSameNumber;
import org.selfservice.kernel.registrant.RegistrantCommand.RecordClaims;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.ReleaseLogin;
import org.selfservice.kernel.registrant.RegistrantCommand.ReportTakenLogin;
import org.selfservice.kernel.registrant.RegistrantCommand.RevokeDelegate;
import org.selfservice.kernel.registrant.RegistrantCommand.SetContactPreferences;
import org.selfservice.kernel.registrant.RegistrantCommand.UnlinkIdentity;
import org.selfservice.kernel.registrant.RegistrantCommand.UpdateDemographics;
import org.selfservice.kernel.registrant.RegistrantCommand.WithdrawConsent;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentGiven;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentWithdrawn;
import org.selfservice.kernel.registrant.RegistrantEvent.ContactPreferencesSet;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateGranted;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateRevoked;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegationAccepted;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsReceived;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsUpdated;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityLinked;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityUnlinked;
import org.selfservice.kernel.registrant.RegistrantEvent.LoginJoined;
import org.selfservice.kernel.registrant.RegistrantEvent.LoginReleased;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantRegistered;
import org.selfservice.kernel.registrant.RegistrantEvent.SameNumberFound;
import org.selfservice.kernel.registrant.RegistrantEvent.TakenLoginReported;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.Source;
import org.selfservice.store.Snapshot;

@Aggregate(cache = "aggregates", snapshotTriggerDefinition = "everyTenEvents", snapshotFilter = "ofTheStore")
class Registrant implements Snapshot {
    private static final int LONGEST_NAME = 200;
    /** Two years, and a day for time zones. */
    private static final Duration LONGEST_RIGHT = Duration.ofDays(2 * 366 + 1);

    private static final int MOST_DELEGATES = 10;

    @AggregateIdentifier
    private String stream;

    private Person person = Person.nobody();

    Registrant() {}

    @Override
    public String scope() {
        return stream;
    }

    @CommandHandlerInterceptor
    void refuseIfErased(RegistrantCommand command) {
        refuseIf(person.erased() && !(command instanceof EraseRegistrant), RefusalCode.REGISTRANT_ERASED);
    }

    /** A login that leads to somebody else has a stream and no person. */
    @CommandHandlerInterceptor
    void refuseIfNobody(RegistrantCommand command) {
        boolean ofLogin = command instanceof RegisterRegistrant
                || command instanceof JoinLogin
                || command instanceof ReleaseLogin;
        refuseIf(!ofLogin && !person.registered(), RefusalCode.NOT_FOUND);
    }

    /** A delegate shares what an application needs, with a program that they may apply to. */
    @CommandHandlerInterceptor
    void refuseWhoMayNotActForThem(RegistrantCommand command, MetaData meta) {
        Author author = Author.from(meta);
        if (author.role() == Author.Role.DELEGATE) {
            refuseIf(
                    !(command instanceof GiveConsent consent
                            && consent.purpose().equals("application")),
                    RefusalCode.ONLY_IN_PERSON);
            person.mustLet(author, new ProgramCode(((GiveConsent) command).recipient()), now());
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Position handle(RegisterRegistrant command, Pseudonyms pseudonyms, Streams streams) {
        refuseIfNotOf(command.login(), command.generation(), command.registrant(), pseudonyms);
        refuseIf(person.logins().isFirstOver(), RefusalCode.LOGIN_UNLINKED);
        RegistrantId other = person.logins().leadsTo();
        if (other != null) {
            refuseIf(Person.isErased(streams, other), RefusalCode.REGISTRANT_ERASED);
            throw new Refused(RefusalCode.LOGIN_LEADS_ELSEWHERE, Map.of("registrant", other.value()));
        }
        return person.registered()
                ? unchanged(stream)
                : append(new RegistrantRegistered(
                        command.registrant(),
                        command.generation(),
                        command.login(),
                        command.provider(),
                        command.idType(),
                        command.name()));
    }

    private static void refuseIfNotOf(
            Personal<Login> of, int generation, RegistrantId registrant, Pseudonyms pseudonyms) {
        Login login = of.or(new Login("", ""));
        refuseIf(
                !pseudonyms
                        .registrant(login.issuer(), login.subject(), generation)
                        .equals(registrant),
                RefusalCode.INVALID,
                "field",
                "registrant");
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Position handle(JoinLogin command, Pseudonyms pseudonyms, Streams streams) {
        Texts.check("link", command.link(), 1, 100);
        refuseIfNotOf(command.login(), command.generation(), command.registrant(), pseudonyms);
        refuseIf(person.logins().isFirstOver(), RefusalCode.LOGIN_UNLINKED);
        refuseIf(
                person.registered(),
                RefusalCode.LOGIN_TAKEN,
                "holder",
                command.registrant().value());
        RegistrantId other = person.logins().leadsTo();
        if (command.to().equals(other)) {
            return unchanged(stream);
        }
        if (other != null) {
            refuseIf(Person.isErased(streams, other), RefusalCode.REGISTRANT_ERASED);
            throw new Refused(RefusalCode.LOGIN_TAKEN, Map.of("holder", other.value()));
        }
        Person to = Person.whoever(streams, command.to());
        refuseIf(!to.registered() || to.erased(), RefusalCode.NOT_FOUND);
        refuseIf(to.logins().isFull(), RefusalCode.TOO_MANY_IDENTITIES);
        return append(new LoginJoined(
                command.registrant(), command.link(), command.to(), command.provider(), command.idType()));
    }

    /** Only what the login's own stream says already: {@link Linking} sends it too, and may be late. */
    @CommandHandler
    Position handle(LinkIdentity command, Streams streams) {
        Logins there = Person.whoever(streams, command.login()).logins();
        refuseIf(
                !command.registrant().equals(there.leadsTo()) || !command.link().equals(there.by()),
                RefusalCode.LINK_UNKNOWN);
        return person.logins().knows(command.link())
                ? unchanged(stream)
                : append(new IdentityLinked(
                        command.registrant(), command.link(), command.login(), command.provider(), command.idType()));
    }

    @CommandHandler
    Position handle(UnlinkIdentity command) {
        Logins logins = person.logins();
        refuseIf(!logins.knows(command.link()), RefusalCode.LINK_UNKNOWN);
        if (!logins.stands(command.link())) {
            return unchanged(stream);
        }
        refuseIf(logins.standing().size() == 1, RefusalCode.LAST_IDENTITY);
        return append(new IdentityUnlinked(command.registrant(), command.link(), logins.login(command.link(), stream)));
    }

    @CommandHandler
    Position handle(ReleaseLogin command, Streams streams) {
        Logins logins = person.logins();
        RegistrantId other = logins.leadsTo();
        if (other == null || !command.link().equals(logins.by())) {
            return unchanged(stream);
        }
        refuseIf(Person.whoever(streams, other).logins().stands(command.link()), RefusalCode.NOT_ALLOWED);
        return append(new LoginReleased(command.registrant(), command.link()));
    }

    @CommandHandler
    Position handle(ReportTakenLogin command) {
        return person.logins().reported().contains(command.holder().value())
                ? unchanged(stream)
                : append(new TakenLoginReported(command.registrant(), command.provider(), command.holder()));
    }

    @CommandHandler
    Position handle(NoteSameNumber command) {
        return person.logins().reported().contains(Logins.number(command.attribute(), command.other()))
                ? unchanged(stream)
                : append(new SameNumberFound(command.registrant(), command.attribute(), command.other()));
    }

    @CommandHandler
    Position handle(RecordClaims command) {
        Map<String, Answer> news = Values.news(
                Values.vouchedFor(command.claims().or(Map.of())), person.saidBy(Source.provider(command.provider())));
        return news.isEmpty()
                ? unchanged(stream)
                : append(new DemographicsReceived(command.registrant(), command.provider(), Personal.of(news)));
    }

    /** A verified value that is typed again as it is says nothing new, unless the person had said otherwise before. */
    @CommandHandler
    Position handle(UpdateDemographics command, ContactChanges contact, MetaData meta) {
        refuseIf(command.source().kind() == Source.Kind.IDENTITY_PROVIDER, RefusalCode.INVALID, "field", "source");
        Map<String, Answer> before = new HashMap<>(person.verified().or(Map.of()));
        before.putAll(person.saidBy(command.source()));
        LocalDate today = LocalDate.ofInstant(now(), ZoneOffset.UTC);
        Map<String, Answer> news = Values.news(Values.typed(command.values().or(Map.of()), today), before);
        if (ContactChanges.concerns(news.keySet())) {
            contact.mustBeAllowed(Author.from(meta), now());
        }
        return news.isEmpty()
                ? unchanged(stream)
                : append(new DemographicsUpdated(command.registrant(), command.source(), Personal.of(news)));
    }

    @CommandHandler
    Position handle(GiveConsent command) {
        Texts.check("consent", command.consent(), 1, 200);
        Texts.check("recipient", command.recipient(), 1, 200);
        command.claims()
                .forEach(claim ->
                        refuseIf(!Demographics.ALL.contains(claim), RefusalCode.ATTRIBUTE_UNKNOWN, "attribute", claim));
        refuseIf(person.withdrawn().contains(command.consent()), RefusalCode.CONSENT_WITHDRAWN);
        return person.given().contains(command.consent())
                ? unchanged(stream)
                : append(new ConsentGiven(
                        command.registrant(),
                        command.consent(),
                        command.recipient(),
                        command.claims(),
                        command.purpose(),
                        command.textVersion(),
                        command.language()));
    }

    @CommandHandler
    Position handle(WithdrawConsent command) {
        if (person.withdrawn().contains(command.consent())) {
            return unchanged(stream);
        }
        refuseIf(!person.given().contains(command.consent()), RefusalCode.CONSENT_UNKNOWN);
        return append(new ConsentWithdrawn(command.registrant(), command.consent()));
    }

    @CommandHandler
    Position handle(SetContactPreferences command, ContactChanges contact, MetaData meta) {
        Texts.check("language", command.preferences().language(), 2, 35);
        if (command.preferences().equals(person.contact())) {
            return unchanged(stream);
        }
        contact.mustBeAllowed(Author.from(meta), now());
        return append(new ContactPreferencesSet(command.registrant(), command.preferences()));
    }

    @CommandHandler
    Position handle(GrantDelegate command, Streams streams) {
        Instant now = now();
        Texts.check("delegation", command.delegation(), 1, 100);
        Texts.check("name", command.name().or(""), 1, LONGEST_NAME);
        if (person.rights().containsKey(command.delegation())) {
            return unchanged(stream);
        }
        refuseIf(!command.invitation().matches("[0-9a-f]{64}"), RefusalCode.INVALID, "field", "invitation");
        refuseIf(!isWithin(command.until(), now, LONGEST_RIGHT), RefusalCode.INVALID, "field", "until");
        refuseIf(!isWithin(command.acceptBy(), now, LONGEST_RIGHT), RefusalCode.INVALID, "field", "acceptBy");
        if (command.program() != null) {
            Offer.of(streams, command.program());
        }
        long standing = person.rights().values().stream()
                .filter(right -> !right.isOver(now))
                .count();
        refuseIf(standing >= MOST_DELEGATES, RefusalCode.TOO_MANY_DELEGATES);
        return append(new DelegateGranted(
                command.registrant(),
                command.delegation(),
                command.name(),
                command.program(),
                command.permission(),
                command.until(),
                command.invitation(),
                command.acceptBy()));
    }

    @CommandHandler
    Position handle(AcceptDelegation command) {
        Right right = person.rights().get(command.delegation());
        if (right != null && command.delegate().equals(right.delegate())) {
            return unchanged(stream);
        }
        refuseIf(right == null || !right.isOfferedWith(command.invitation(), now()), RefusalCode.INVITATION_UNKNOWN);
        refuseIf(command.delegate().equals(command.registrant()), RefusalCode.OWN_DELEGATE);
        return append(new DelegationAccepted(command.registrant(), command.delegation(), command.delegate()));
    }

    @CommandHandler
    Position handle(RevokeDelegate command) {
        Right right = person.rights().get(command.delegation());
        refuseIf(right == null, RefusalCode.DELEGATION_UNKNOWN);
        return right.revoked()
                ? unchanged(stream)
                : append(new DelegateRevoked(command.registrant(), command.delegation(), right.delegate()));
    }

    private static boolean isWithin(Instant at, Instant now, Duration longest) {
        return at.isAfter(now) && !at.isAfter(now.plus(longest));
    }

    /** The keys are destroyed by {@link Erasure} once this is on file. */
    @CommandHandler
    Position handle(EraseRegistrant command) {
        return person.erased() ? unchanged(stream) : append(new RegistrantErased(command.registrant()));
    }

    @EventSourcingHandler
    void on(RegistrantEvent event) {
        stream = event.stream();
        person = person.after(event);
    }
}
