package org.selfservice.command.registrant;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.CannotStart;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.registrant.Demographics;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What this portal asks of whoever changes where messages, letters and money go. */
@Component
public final class ContactChanges {
    private final StepUp stepUp;

    @Autowired
    ContactChanges(
            @Value("${portal.step-up.contact-details.assurance:BASIC}") String assurance,
            @Value("${portal.step-up.contact-details.within-minutes:#{null}}") @Nullable Integer withinMinutes) {
        this(checked(assurance, withinMinutes));
    }

    public ContactChanges(StepUp stepUp) {
        this.stepUp = stepUp;
    }

    private static StepUp checked(String assurance, @Nullable Integer withinMinutes) {
        try {
            return new StepUp(Assurance.valueOf(assurance), withinMinutes);
        } catch (IllegalArgumentException unknown) {
            throw new CannotStart("portal.step-up.contact-details.assurance is " + assurance + " and must be one of "
                    + List.of(Assurance.values()));
        } catch (Refused wrong) {
            throw new CannotStart("portal.step-up.contact-details.within-minutes is " + withinMinutes
                    + " and must be from 1 to 1440, or left out");
        }
    }

    void mustBeAllowed(Author author, Instant now) {
        stepUp.mustBeMetBy(author.evidence(), now);
    }

    static boolean concerns(Collection<String> attributes) {
        return !Collections.disjoint(attributes, Demographics.CONTACT);
    }
}
