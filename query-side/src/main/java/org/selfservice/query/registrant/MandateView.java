package org.selfservice.query.registrant;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateGranted;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegationAccepted;
import org.selfservice.kernel.registrant.RegistrantQuery.Mandate;
import org.selfservice.query.View;
import org.springframework.stereotype.Component;

/** Whose registrant an invitation is, by its hash, and for whom a person may act, by the person; nothing personal. */
@Component
final class MandateView implements View<MandateView.Held> {

    record Held(String id, List<Mandate> mandates) {}

    @Override
    public String name() {
        return "mandate";
    }

    @Override
    public Class<Held> document() {
        return Held.class;
    }

    @Override
    public Set<Class<? extends Event>> reads() {
        return Set.of(RegistrantEvent.class);
    }

    @Override
    public @Nullable String id(Event event) {
        return switch (event) {
            case DelegateGranted granted -> granted.invitation();
            case DelegationAccepted accepted -> accepted.delegate().value();
            default -> null;
        };
    }

    @Override
    public Held empty(String id) {
        return new Held(id, List.of());
    }

    @Override
    public Held apply(Held held, Event event, Meta meta) {
        Mandate mandate = switch (event) {
            case DelegateGranted granted -> new Mandate(granted.registrant(), granted.delegation());
            case DelegationAccepted accepted -> new Mandate(accepted.registrant(), accepted.delegation());
            default -> throw new IllegalArgumentException(event.getClass().getName());
        };
        return new Held(
                held.id(),
                Stream.concat(held.mandates().stream(), Stream.of(mandate))
                        .distinct()
                        .toList());
    }
}
