package org.selfservice.query.registrant;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantEvent.SameNumberFound;
import org.selfservice.kernel.registrant.RegistrantEvent.TakenLoginReported;
import org.selfservice.kernel.registrant.RegistrantQuery.TakenLogin;
import org.selfservice.query.View;
import org.springframework.stereotype.Component;

/** One document per two registrants that one login was shown for, or who have a number in common; nothing personal. */
@Component
final class TakenLoginView implements View<TakenLoginView.Taken> {

    record Taken(String id, @Nullable TakenLogin what) {}

    @Override
    public String name() {
        return "taken-login";
    }

    @Override
    public Class<Taken> document() {
        return Taken.class;
    }

    @Override
    public Set<Class<? extends Event>> reads() {
        return Set.of(RegistrantEvent.class);
    }

    /** A number that two have in common is on both their streams and counts once. */
    @Override
    public @Nullable String id(Event event) {
        return switch (event) {
            case TakenLoginReported taken ->
                taken.registrant().value() + "." + taken.holder().value();
            case SameNumberFound found
            when found.registrant().value().compareTo(found.other().value()) < 0 ->
                found.registrant().value() + "." + found.other().value() + "." + found.attribute();
            default -> null;
        };
    }

    @Override
    public Taken empty(String id) {
        return new Taken(id, null);
    }

    @Override
    public Taken apply(Taken known, Event event, Meta meta) {
        return new Taken(
                known.id(),
                switch (event) {
                    case TakenLoginReported taken ->
                        new TakenLogin(taken.registrant(), taken.holder(), taken.provider(), null, meta.at());
                    case SameNumberFound found ->
                        new TakenLogin(found.registrant(), found.other(), null, found.attribute(), meta.at());
                    default ->
                        throw new IllegalArgumentException(event.getClass().getName());
                });
    }

    @Override
    public Map<String, @Nullable Object> lifted(Taken taken) {
        Map<String, @Nullable Object> lifted = new HashMap<>();
        lifted.put("at", taken.what() == null ? null : Date.from(taken.what().at()));
        return lifted;
    }

    @Override
    public List<Index> indexes() {
        return List.of(Index.on("-at", "-_id"));
    }
}
