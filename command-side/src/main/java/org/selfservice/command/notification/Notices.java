package org.selfservice.command.notification;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Streams;
import org.selfservice.command.application.Case;
import org.selfservice.command.program.Offer;
import org.selfservice.command.registrant.Person;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.registrant.ContactPreferences;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.stereotype.Component;

/** Addresses a notice as its person wants it, and to nobody when they want none, gave no such address or were erased. */
@Component
public class Notices {
    private final Streams streams;
    private final Outbox outbox;

    Notices(Streams streams, Outbox outbox) {
        this.streams = streams;
        this.outbox = outbox;
    }

    /**
     * @param cause the event's id, or what stands for one: the same is told once
     * @param day what the notice is about: a deadline, a promise; null when there is none
     */
    public void tell(
            String cause,
            Notice notice,
            RegistrantId registrant,
            ProgramCode program,
            @Nullable ApplicationId application,
            @Nullable Instant day,
            Instant at) {
        Reach reach = reach(registrant);
        if (reach == null) {
            return;
        }
        ProgramProfile profile = Offer.of(streams, program).facts().terms();
        outbox.keep(new Message(
                cause,
                reach.wish().via(),
                notice,
                registrant,
                Personal.of(reach.address()),
                reach.wish().language(),
                program,
                profile.name().in(Locale.forLanguageTag(reach.wish().language())),
                application,
                application == null
                        ? null
                        : Case.of(streams, application).facts().begun().reference(),
                day == null ? null : LocalDate.ofInstant(day, ZoneId.of(profile.zone())),
                at));
    }

    /** Of what is about the person and no program. */
    void tell(String cause, Notice notice, RegistrantId registrant, Instant at) {
        Reach reach = reach(registrant);
        if (reach != null) {
            outbox.keep(new Message(
                    cause,
                    reach.wish().via(),
                    notice,
                    registrant,
                    Personal.of(reach.address()),
                    reach.wish().language(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    at));
        }
    }

    private record Reach(ContactPreferences wish, String address) {}

    private @Nullable Reach reach(RegistrantId registrant) {
        Person person = find(registrant);
        ContactPreferences wish = person == null ? null : person.contact();
        String address = wish == null ? null : wish.via().address(person.best());
        return address == null ? null : new Reach(wish, address);
    }

    /** Nothing that waits is sent any more, unless the person wants it again meanwhile. */
    void silence(RegistrantId registrant) {
        Person person = find(registrant);
        if (person == null || person.contact() == null || person.contact().via() == ContactPreferences.Via.NONE) {
            outbox.drop(registrant);
        }
    }

    private @Nullable Person find(RegistrantId registrant) {
        try {
            return Person.of(streams, registrant);
        } catch (Refused no) {
            if (no.code() == RefusalCode.REGISTRANT_ERASED || no.code() == RefusalCode.NOT_FOUND) {
                return null;
            }
            throw no;
        }
    }
}
