package org.selfservice.web.notification;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** On which ways the portal can tell people something. */
@Component
public class Channels {
    private final ObjectProvider<Carrier> carriers;

    Channels(ObjectProvider<Carrier> carriers) {
        this.carriers = carriers;
    }

    /**
     * Who is told of updates and how.
     *
     * @param address that is told; null when nobody is
     * @param problem why nobody is although the person wishes it: {@code not-offered}, {@code no-address}; null for none
     */
    public record Told(
            Via via, @Nullable String address, @Nullable String problem) {}

    public Set<Via> offered() {
        Set<Via> offered = EnumSet.noneOf(Via.class);
        carriers.forEach(carrier -> offered.add(carrier.channel()));
        return offered;
    }

    public Told told(Dossier dossier) {
        Via via = dossier.contact() == null ? Via.NONE : dossier.contact().via();
        if (via == Via.NONE) {
            return new Told(via, null, null);
        }
        if (!offered().contains(via)) {
            return new Told(via, null, "not-offered");
        }
        String address = via.address(best(dossier));
        return new Told(via, address, address == null ? "no-address" : null);
    }

    private static Map<String, Answer> best(Dossier dossier) {
        Map<String, Answer> best = new HashMap<>();
        dossier.demographics().keySet().forEach(attribute -> {
            DemographicValue value = dossier.best(attribute);
            if (value != null && value.value() != null) {
                best.put(attribute, value.value());
            }
        });
        return best;
    }
}
