package org.selfservice.command.registrant;

import static org.selfservice.command.Decide.refuseIf;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Streams;
import org.selfservice.command.Streams.Facts;
import org.selfservice.command.Streams.Reading;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.ContactPreferences;
import org.selfservice.kernel.registrant.Demographics;
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

/**
 * What is known about a registrant.
 *
 * @param said the last value of each attribute by each source, under {@link #key(Source)}
 * @param verified the newest verified value of each attribute
 * @param claimed the newest value of each attribute that was not verified
 * @param given ids of the consents that stand, {@code withdrawn} of those that were taken back
 * @param rights to act for them, by the delegation's id
 * @param logins by which they are known
 */
public record Person(
        boolean registered,
        boolean erased,
        Personal<String> name,
        Personal<Map<String, Map<String, Answer>>> said,
        Personal<Map<String, Answer>> verified,
        Personal<Map<String, Answer>> claimed,
        Set<String> given,
        Set<String> withdrawn,
        @Nullable ContactPreferences contact,
        Map<String, Right> rights,
        Logins logins) {
    private static final Person NOBODY = new Person(
            false,
            false,
            Personal.erased(),
            Personal.of(Map.of()),
            Personal.of(Map.of()),
            Personal.of(Map.of()),
            Set.of(),
            Set.of(),
            null,
            Map.of(),
            Logins.NONE);
    private static final Reading<RegistrantEvent, Person> READING =
            new Reading<>(RegistrantEvent.class, NOBODY, (person, event, sequence, at) -> person.after(event));

    static Person nobody() {
        return NOBODY;
    }

    /** @throws Refused NOT_FOUND when nobody is registered so, REGISTRANT_ERASED when they were erased */
    public static Person of(Streams streams, RegistrantId registrant) {
        Facts<Person> person = streams.read(READING, registrant.value());
        refuseIf(!person.facts().registered(), RefusalCode.NOT_FOUND);
        refuseIf(person.facts().erased(), RefusalCode.REGISTRANT_ERASED);
        return person.facts();
    }

    static Person whoever(Streams streams, RegistrantId registrant) {
        return streams.read(READING, registrant.value()).facts();
    }

    public static boolean isErased(Streams streams, RegistrantId registrant) {
        return whoever(streams, registrant).erased();
    }

    /** Refuses what somebody else does for them, unless they let them. */
    public void mustLet(Author author, @Nullable ProgramCode program, Instant now) {
        boolean allowed = author.role() != Author.Role.DELEGATE
                || rights.values().stream().anyMatch(right -> right.allows(author.actor(), program, now));
        refuseIf(!allowed, RefusalCode.NOT_DELEGATED);
    }

    /** The value per attribute that the portal uses: the newest verified one, else the newest. */
    public Map<String, Answer> best() {
        Map<String, Answer> best = new LinkedHashMap<>(claimed.or(Map.of()));
        best.putAll(verified.or(Map.of()));
        name.map(Answer::text).map(text -> best.putIfAbsent(Demographics.NAME, text));
        return best;
    }

    Map<String, Answer> saidBy(Source source) {
        return said.or(Map.of()).getOrDefault(key(source), Map.of());
    }

    static String key(Source source) {
        return source.kind() == Source.Kind.IDENTITY_PROVIDER
                ? source.kind() + ":" + source.by()
                : source.kind().name();
    }

    Person after(RegistrantEvent event) {
        return switch (event) {
            case RegistrantRegistered e ->
                new Person(
                        true,
                        false,
                        e.name(),
                        said,
                        verified,
                        claimed,
                        given,
                        withdrawn,
                        contact,
                        rights,
                        logins.first());
            case DemographicsReceived e -> {
                Map<String, Answer> news = e.values().or(Map.of());
                yield new Person(
                        registered,
                        erased,
                        name,
                        more(Source.provider(e.provider()), news),
                        more(verified, news),
                        claimed,
                        given,
                        withdrawn,
                        contact,
                        rights,
                        logins);
            }
            case DemographicsUpdated e -> {
                Map<String, Answer> news = e.values().or(Map.of());
                yield new Person(
                        registered,
                        erased,
                        name,
                        more(e.source(), news),
                        verified,
                        more(claimed, news),
                        given,
                        withdrawn,
                        contact,
                        rights,
                        logins);
            }
            case ConsentGiven e -> consents(plus(given, e.consent()), withdrawn);
            case ConsentWithdrawn e -> consents(minus(given, e.consent()), plus(withdrawn, e.consent()));
            case ContactPreferencesSet e ->
                new Person(
                        registered,
                        erased,
                        name,
                        said,
                        verified,
                        claimed,
                        given,
                        withdrawn,
                        e.preferences(),
                        rights,
                        logins);
            case DelegateGranted e -> with(e.delegation(), Right.of(e));
            case DelegationAccepted e ->
                with(e.delegation(), right(e.delegation()).heldBy(e.delegate()));
            case DelegateRevoked e -> with(e.delegation(), right(e.delegation()).takenBack());
            case LoginJoined e -> with(logins.leadingTo(e.to(), e.link()));
            case LoginReleased _ -> with(logins.leadingNowhere());
            case IdentityLinked e -> with(logins.linked(e.link(), e.login()));
            case IdentityUnlinked e -> with(logins.unlinked(e.link()));
            case TakenLoginReported e -> with(logins.reported(e.holder().value()));
            case SameNumberFound e -> with(logins.reported(Logins.number(e.attribute(), e.other())));
            case RegistrantErased _ ->
                new Person(
                        true,
                        true,
                        Personal.erased(),
                        Personal.erased(),
                        Personal.erased(),
                        Personal.erased(),
                        Set.of(),
                        Set.of(),
                        null,
                        Map.of(),
                        logins);
        };
    }

    private Right right(String delegation) {
        return Objects.requireNonNull(rights.get(delegation), "a right is granted before anything happens to it");
    }

    private Person with(String delegation, Right right) {
        Map<String, Right> more = new HashMap<>(rights);
        more.put(delegation, right);
        return new Person(
                registered, erased, name, said, verified, claimed, given, withdrawn, contact, Map.copyOf(more), logins);
    }

    private Person with(Logins after) {
        return new Person(registered, erased, name, said, verified, claimed, given, withdrawn, contact, rights, after);
    }

    private Person consents(Set<String> standing, Set<String> takenBack) {
        return new Person(
                registered, erased, name, said, verified, claimed, standing, takenBack, contact, rights, logins);
    }

    private Personal<Map<String, Map<String, Answer>>> more(Source source, Map<String, Answer> news) {
        return said.map(all -> {
            Map<String, Map<String, Answer>> grown = new HashMap<>(all);
            Map<String, Answer> values = new HashMap<>(saidBy(source));
            values.putAll(news);
            grown.put(key(source), Map.copyOf(values));
            return Map.copyOf(grown);
        });
    }

    private static Personal<Map<String, Answer>> more(Personal<Map<String, Answer>> values, Map<String, Answer> news) {
        return values.map(known -> {
            Map<String, Answer> grown = new HashMap<>(known);
            grown.putAll(news);
            return Map.copyOf(grown);
        });
    }

    private static Set<String> plus(Set<String> set, String one) {
        Set<String> more = new HashSet<>(set);
        more.add(one);
        return Set.copyOf(more);
    }

    private static Set<String> minus(Set<String> set, String one) {
        Set<String> fewer = new HashSet<>(set);
        fewer.remove(one);
        return Set.copyOf(fewer);
    }
}
