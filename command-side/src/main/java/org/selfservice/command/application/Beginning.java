package org.selfservice.command.application;

import static org.selfservice.command.Decide.refuseIf;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.selfservice.command.Streams;
import org.selfservice.command.Texts;
import org.selfservice.command.program.Offer;
import org.selfservice.command.registrant.Person;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.References;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ApplicationPolicy.Earlier;

/**
 * Whether one may apply. An application's stream is computed from the person, the program and the ordinal, and ordinal n
 * needs n-1: so the event store judges how many there are, and nothing is looked up or locked.
 */
record Beginning(Streams streams, Pseudonyms pseudonyms, References references, Instant now) {

    ApplicationStarted decide(ApplyForProgram command) {
        Texts.check("language", command.language(), 2, 35);
        Person.of(streams, command.registrant());
        Offer offer = Offer.of(streams, command.program()).facts();
        offer.mustTakeApplications(now);
        ApplicationPolicy.Answer answer = offer.policy().mayApply(earlier(command, offer), offer.today(now));
        if (answer.refusal() != null) {
            throw new Refused(answer.refusal());
        }
        return new ApplicationStarted(
                command.application(),
                command.registrant(),
                command.program(),
                command.ordinal(),
                references.next(offer.terms().referencePrefix()),
                offer.mapped().form(),
                offer.mapped().version(),
                command.language(),
                keptUntil(offer, now));
    }

    void checkId(ApplyForProgram command) {
        refuseIf(command.ordinal() < 1, RefusalCode.INVALID, "field", "ordinal");
        refuseIf(
                !pseudonyms
                        .application(command.registrant(), command.program(), command.ordinal())
                        .equals(command.application()),
                RefusalCode.INVALID,
                "field",
                "application");
    }

    static Instant keptUntil(Offer offer, Instant now) {
        return now.plus(Duration.ofDays(offer.terms().draftLifetimeDays()));
    }

    private List<Earlier> earlier(ApplyForProgram command, Offer offer) {
        List<Earlier> earlier = new ArrayList<>();
        for (int ordinal = command.ordinal() - 1; ordinal >= 1; ordinal--) {
            var one = Case.of(streams, pseudonyms.application(command.registrant(), command.program(), ordinal));
            refuseIf(!one.exist(), RefusalCode.ORDINAL_OUT_OF_ORDER);
            earlier.addFirst(
                    new Earlier(one.facts().state(), offer.today(one.facts().startedAt())));
        }
        return earlier;
    }
}
