package org.selfservice.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Fingerprints;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.jdbc.core.JdbcTemplate;

class HashedFingerprintsIT {
    private static final ProgramCode CASH = new ProgramCode("cash");

    private final DataSource portal = Portal.bean(DataSource.class);
    private final Fingerprints fingerprints = Portal.bean(Fingerprints.class);
    private final String phone = UUID.randomUUID().toString();
    private final String email = UUID.randomUUID().toString();

    private record One(ApplicationId application, RegistrantId registrant) {}

    @Test
    void whatIsAlikeIsFoundWithTheMostInCommonFirst() {
        One ann = keep(someone(), Map.of(Likeness.PHONE, Set.of(phone)));
        One bea = keep(someone(), Map.of(Likeness.PHONE, Set.of(phone), Likeness.EMAIL, Set.of(email)));
        One cid = keep(someone(), Map.of(Likeness.PHONE, Set.of(phone), Likeness.EMAIL, Set.of(email)));

        assertThat(fingerprints.alike(cid.application(), 10))
                .containsExactly(
                        Map.entry(bea.application(), Set.of(Likeness.PHONE, Likeness.EMAIL)),
                        Map.entry(ann.application(), Set.of(Likeness.PHONE)));
        assertThat(fingerprints.alike(cid.application(), 1)).containsOnlyKeys(bea.application());
    }

    @Test
    void aPhoneThatManyShareSaysNothingButAnIdNumberDoes() {
        for (int i = 0; i < 4; i++) {
            keep(someone(), Map.of(Likeness.PHONE, Set.of(phone), Likeness.NATIONAL_ID, Set.of(email)));
        }
        One bea = keep(someone(), Map.of(Likeness.PHONE, Set.of(phone)));
        One cid = keep(someone(), Map.of(Likeness.NATIONAL_ID, Set.of(email)));

        assertThat(fingerprints.alike(bea.application(), 4)).hasSize(4);
        assertThat(fingerprints.alike(bea.application(), 3)).isEmpty();
        assertThat(fingerprints.alike(cid.application(), 3))
                .hasSize(3)
                .allSatisfy((_, kinds) -> assertThat(kinds).containsExactly(Likeness.NATIONAL_ID));
    }

    @Test
    void theSameTextOfAnotherKindIsNotAlike() {
        keep(someone(), Map.of(Likeness.NATIONAL_ID, Set.of(phone)));
        One bea = keep(someone(), Map.of(Likeness.FUNCTIONAL_ID, Set.of(phone)));

        assertThat(fingerprints.alike(bea.application(), 10)).isEmpty();
    }

    @Test
    void onePersonIsNotAlikeToThemselves() {
        One ann = keep(someone(), Map.of(Likeness.PHONE, Set.of(phone)));
        One again = keep(new One(someone().application(), ann.registrant()), Map.of(Likeness.PHONE, Set.of(phone)));

        assertThat(fingerprints.alike(again.application(), 10)).isEmpty();
    }

    @Test
    void theSameTwiceIsKeptOnceAndForgottenWithItsPersonOrItsCase() {
        One ann = keep(someone(), Map.of(Likeness.PHONE, Set.of(phone)));
        keep(ann, Map.of(Likeness.PHONE, Set.of(phone)));
        One bea = keep(someone(), Map.of(Likeness.PHONE, Set.of(phone)));
        assertThat(kept(ann)).isEqualTo(1);

        fingerprints.forget(ann.registrant());
        fingerprints.forget(bea.application());

        assertThat(kept(ann)).isZero();
        assertThat(kept(bea)).isZero();
    }

    @Test
    void whoHoldsTheTableButNotTheSecretCannotTryAllValues() {
        One ann = keep(someone(), Map.of(Likeness.PHONE, Set.of(phone)));
        String hash = new JdbcTemplate(portal)
                .queryForObject(
                        "select hash from fingerprint where application = ?",
                        String.class,
                        ann.application().value());

        assertThat(new KeyedHashes("another key, just as long, 32 by".getBytes(UTF_8)).likeness(Likeness.PHONE, phone))
                .hasSameSizeAs(hash)
                .isNotEqualTo(hash);
    }

    private One keep(One one, Map<Likeness, Set<String>> values) {
        fingerprints.keep(one.application(), one.registrant(), CASH, values);
        return one;
    }

    private static One someone() {
        return new One(new ApplicationId("a-" + UUID.randomUUID()), new RegistrantId("r-" + UUID.randomUUID()));
    }

    private int kept(One one) {
        Integer count = new JdbcTemplate(portal)
                .queryForObject(
                        "select count(*) from fingerprint where application = ?",
                        Integer.class,
                        one.application().value());
        return count == null ? 0 : count;
    }
}
