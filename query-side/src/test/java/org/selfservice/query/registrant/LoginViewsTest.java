package org.selfservice.query.registrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.selfservice.query.Samples.registered;
import static org.selfservice.query.Samples.registrant;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.registrant.RegistrantCommand;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityLinked;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityUnlinked;
import org.selfservice.kernel.registrant.RegistrantEvent.SameNumberFound;
import org.selfservice.kernel.registrant.RegistrantEvent.TakenLoginReported;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Identity;
import org.selfservice.kernel.registrant.RegistrantQuery.SameNumber;
import org.selfservice.kernel.registrant.RegistrantQuery.TakenLogin;
import org.selfservice.query.Folds;

/** By which logins a person is known, and who else they may be. */
class LoginViewsTest {
    private static final RegistrantId LENA = registrant(1);
    private static final RegistrantId FARMERS = registrant(2);
    private static final RegistrantId OTHER = registrant(3);
    private static final IdentityLinked LINKED =
            new IdentityLinked(LENA, "l-1", FARMERS, "farmer-id", IdType.FUNCTIONAL);

    @Test
    void the_dossier_has_each_login_that_leads_to_the_person() {
        assertThat(Folds.of(new DossierView(), List.of(registered(1), LINKED))
                        .dossier()
                        .identities())
                .extracting(Identity::link, Identity::login, Identity::provider)
                .containsExactly(
                        tuple(RegistrantCommand.FIRST, LENA, "national-id"), tuple("l-1", FARMERS, "farmer-id"));
        assertThat(Folds.of(
                                new DossierView(),
                                List.of(
                                        registered(1),
                                        LINKED,
                                        new IdentityUnlinked(LENA, RegistrantCommand.FIRST, LENA)))
                        .dossier()
                        .identities())
                .extracting(Identity::provider)
                .containsExactly("farmer-id");
    }

    @Test
    void the_dossier_says_which_number_another_one_has_too() {
        assertThat(Folds.of(
                                new DossierView(),
                                List.of(registered(1), new SameNumberFound(LENA, "individual_id", OTHER)))
                        .dossier()
                        .sameNumbers())
                .containsExactly(new SameNumber("individual_id", OTHER));
    }

    @Test
    void a_login_that_two_people_showed_is_for_staff() {
        TakenLogin taken = Objects.requireNonNull(
                Folds.of(new TakenLoginView(), List.of(new TakenLoginReported(LENA, "farmer-id", OTHER)))
                        .what());
        assertThat(taken.registrant()).isEqualTo(LENA);
        assertThat(taken.holder()).isEqualTo(OTHER);
        assertThat(taken.provider()).isEqualTo("farmer-id");
        assertThat(taken.attribute()).isNull();
    }

    @Test
    void a_number_that_two_have_counts_once() {
        TakenLoginView view = new TakenLoginView();
        SameNumberFound one = new SameNumberFound(LENA, "individual_id", OTHER);
        SameNumberFound other = new SameNumberFound(OTHER, "individual_id", LENA);
        assertThat(view.id(one) == null).isNotEqualTo(view.id(other) == null);
        assertThat(view.id(registered(1))).isNull();
    }
}
