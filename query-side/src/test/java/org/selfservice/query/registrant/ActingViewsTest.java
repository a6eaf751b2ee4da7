package org.selfservice.query.registrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.selfservice.query.Samples.IN_A_MONTH;
import static org.selfservice.query.Samples.NOON;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.person;
import static org.selfservice.query.Samples.registered;
import static org.selfservice.query.Samples.registrant;
import static org.selfservice.query.Samples.saved;
import static org.selfservice.query.Samples.started;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.registrant.Permission;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateGranted;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateRevoked;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegationAccepted;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Deed;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Help;
import org.selfservice.kernel.registrant.RegistrantQuery.Mandate;
import org.selfservice.query.Folds;

/** Who may act for a person, and what they did. */
class ActingViewsTest {
    private static final RegistrantId LENA = registrant(1);
    private static final RegistrantId OMAR = registrant(2);
    private static final String CODE = "ab".repeat(32);
    private static final DelegateGranted GRANTED = new DelegateGranted(
            LENA, "d-1", Personal.of("My son"), null, Permission.APPLY, IN_A_MONTH, CODE, IN_A_MONTH);
    private static final DelegationAccepted ACCEPTED = new DelegationAccepted(LENA, "d-1", OMAR);

    private final Folds<DossierView.Person> lena = new Folds<>(new DossierView(), LENA.value());

    @Test
    void the_dossier_says_who_may_act_and_since_when() {
        lena.by(person(LENA), registered(1), GRANTED);
        assertThat(dossier().delegations()).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("My son");
            assertThat(one.waits(NOON)).isTrue();
            assertThat(one.stands(NOON)).isFalse();
        });
        lena.by(person(OMAR), ACCEPTED);
        assertThat(dossier().delegations()).singleElement().satisfies(one -> {
            assertThat(one.delegate()).isEqualTo(OMAR);
            assertThat(one.stands(NOON)).isTrue();
            assertThat(one.stands(IN_A_MONTH)).isFalse();
        });
        lena.by(person(LENA), new DelegateRevoked(LENA, "d-1", OMAR));
        assertThat(dossier().delegations()).singleElement().satisfies(one -> {
            assertThat(one.revokedAt()).isNotNull();
            assertThat(one.stands(NOON)).isFalse();
        });
        lena.by(person(LENA), new RegistrantErased(LENA));
        assertThat(dossier().delegations())
                .singleElement()
                .satisfies(one -> assertThat(one.name()).isNull());
    }

    @Test
    void what_others_did_is_gathered_by_who_they_are_and_by_the_login() {
        lena.by(person(LENA), registered(1), GRANTED)
                .by(officer(NOON), started(1, 1), saved(1, 1, Map.of()), saved(1, 1, Map.of()))
                .by(officer(NOON.plusSeconds(3600)), saved(1, 1, Map.of()))
                .by(delegate(), saved(1, 1, Map.of()));
        assertThat(dossier().help())
                .extracting(Help::role, Help::actor, Help::staff, Help::deeds)
                .containsExactly(
                        tuple(
                                Author.Role.OFFICER,
                                "olga",
                                "Olga",
                                List.of(new Deed("application.started", 1), new Deed("application.answers-saved", 2))),
                        tuple(Author.Role.OFFICER, "olga", "Olga", List.of(new Deed("application.answers-saved", 1))),
                        tuple(
                                Author.Role.DELEGATE,
                                OMAR.value(),
                                null,
                                List.of(new Deed("application.answers-saved", 1))));
    }

    @Test
    void what_staff_do_in_their_own_name_is_no_help() {
        lena.by(person(LENA), registered(1), started(1, 1)).by(OFFICER, saved(1, 1, Map.of()));
        assertThat(dossier().help()).isEmpty();
    }

    @Test
    void an_invitation_is_found_by_its_hash_and_a_right_by_who_holds_it() {
        MandateView view = new MandateView();
        assertThat(Folds.of(view, List.of(GRANTED)).mandates()).containsExactly(new Mandate(LENA, "d-1"));
        assertThat(view.id(GRANTED)).isEqualTo(CODE);
        assertThat(Folds.of(view, List.of(ACCEPTED)).mandates()).containsExactly(new Mandate(LENA, "d-1"));
        assertThat(view.id(ACCEPTED)).isEqualTo(OMAR.value());
        assertThat(view.id(registered(1))).isNull();
    }

    private Dossier dossier() {
        return lena.document().dossier();
    }

    private static Author officer(Instant login) {
        return new Author(
                "olga",
                "Olga",
                Author.Role.OFFICER,
                LENA.value(),
                Author.Channel.ASSISTED,
                new Author.Evidence("https://id.example.org", "otp", login),
                "c-3");
    }

    private static Author delegate() {
        return new Author(OMAR.value(), null, Author.Role.DELEGATE, LENA.value(), Author.Channel.WEB, null, "c-4");
    }
}
