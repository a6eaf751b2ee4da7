package org.selfservice.query.registrant;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.query.View;
import org.springframework.stereotype.Component;

/** One document per person, from the events of their own, of their applications and of their enrolments. */
@Component
final class DossierView implements View<DossierView.Person> {

    /** @param owed file questions whose documents are still owed, by application */
    record Person(Dossier dossier, Map<String, List<String>> owed) {}

    @Override
    public String name() {
        return "dossier";
    }

    @Override
    public int revision() {
        return 3;
    }

    @Override
    public Class<Person> document() {
        return Person.class;
    }

    @Override
    public Set<Class<? extends Event>> reads() {
        return Set.of(RegistrantEvent.class, ApplicationEvent.class, EnrolmentEvent.class);
    }

    @Override
    public @Nullable String id(Event event) {
        return switch (event) {
            case RegistrantEvent one -> one.registrant().value();
            case ApplicationEvent one -> one.registrant().value();
            case EnrolmentEvent one -> one.registrant().value();
            default -> null;
        };
    }

    @Override
    public Person empty(String id) {
        return new Person(
                new Dossier(
                        new RegistrantId(id),
                        null,
                        false,
                        List.of(),
                        Map.of(),
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of()),
                Map.of());
    }

    @Override
    public Object shown(Person person) {
        return person.dossier();
    }

    @Override
    public Person apply(Person person, Event event, Meta meta) {
        PersonChange change = new PersonChange(person);
        switch (event) {
            case RegistrantEvent one -> change.registrant(one, meta);
            case ApplicationEvent one -> change.application(one, meta);
            case EnrolmentEvent one -> change.enrolment(one, meta);
            default -> throw new IllegalArgumentException(event.getClass().getName());
        }
        change.help(event, meta);
        return change.seen(meta);
    }
}
