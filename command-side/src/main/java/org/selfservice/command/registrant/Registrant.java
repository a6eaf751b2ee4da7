package org.selfservice.command.registrant;

import static org.selfservice.command.Decide.append;
import static org.selfservice.command.Decide.now;
import static org.selfservice.command.Decide.refuseIf;
import static org.selfservice.command.Decide.unchanged;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.selfservice.command.Texts;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantCommand;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.GiveConsent;
import org.selfservice.kernel.registrant.RegistrantCommand.RecordClaims;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.SetContactPreferences;
import org.selfservice.kernel.registrant.RegistrantCommand.UpdateDemographics;
import org.selfservice.kernel.registrant.RegistrantCommand.WithdrawConsent;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentGiven;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentWithdrawn;
import org.selfservice.kernel.registrant.RegistrantEvent.ContactPreferencesSet;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsReceived;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsUpdated;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantRegistered;
import org.selfservice.kernel.registrant.Source;
import org.selfservice.store.Snapshot;

@Aggregate(cache = "aggregates", snapshotTriggerDefinition = "everyFiftyEvents", snapshotFilter = "ofTheStore")
class Registrant implements Snapshot {
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

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Position handle(RegisterRegistrant command, Pseudonyms pseudonyms) {
        Login login = command.login().or(new Login("", ""));
        refuseIf(
                !pseudonyms
                        .registrant(login.issuer(), login.subject(), command.generation())
                        .equals(command.registrant()),
                RefusalCode.INVALID,
                "field",
                "registrant");
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
    Position handle(UpdateDemographics command) {
        refuseIf(command.source().kind() == Source.Kind.IDENTITY_PROVIDER, RefusalCode.INVALID, "field", "source");
        Map<String, Answer> before = new HashMap<>(person.verified().or(Map.of()));
        before.putAll(person.saidBy(command.source()));
        LocalDate today = LocalDate.ofInstant(now(), ZoneOffset.UTC);
        Map<String, Answer> news = Values.news(Values.typed(command.values().or(Map.of()), today), before);
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
    Position handle(SetContactPreferences command) {
        Texts.check("language", command.preferences().language(), 2, 35);
        return command.preferences().equals(person.contact())
                ? unchanged(stream)
                : append(new ContactPreferencesSet(command.registrant(), command.preferences()));
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
