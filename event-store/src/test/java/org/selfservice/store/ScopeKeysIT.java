package org.selfservice.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Keys;
import org.springframework.jdbc.core.JdbcTemplate;

class ScopeKeysIT {
    private static final byte[] MASTER = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
    private static final byte[] OTHER_MASTER = "another key, just as long, 32 by".getBytes(UTF_8);
    private static final byte[] PLAIN = "Ama O'Neil".getBytes(UTF_8);

    private final DataSource portal = Portal.bean(DataSource.class);
    private final Keys keys = new ScopeKeys(portal, MASTER);
    private final String scope = "r-" + UUID.randomUUID();

    @Test
    void whatWasEncryptedIsReadByAnotherProcessWithTheSameMasterKey() {
        byte[] cipher = keys.encrypt(scope, PLAIN, "context");
        assertThat(new String(cipher, UTF_8)).doesNotContain("Ama");
        assertThat(new ScopeKeys(portal, MASTER).decrypt(scope, cipher, "context"))
                .isEqualTo(PLAIN);
    }

    @Test
    void theSameTextIsNeverEncryptedTheSameWay() {
        assertThat(keys.encrypt(scope, PLAIN, "context")).isNotEqualTo(keys.encrypt(scope, PLAIN, "context"));
    }

    @Test
    void anotherContextIsRefused() {
        byte[] cipher = keys.encrypt(scope, PLAIN, "context");
        assertThatThrownBy(() -> keys.decrypt(scope, cipher, "another")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherScopesKeyIsRefused() {
        byte[] cipher = keys.encrypt(scope, PLAIN, "context");
        keys.encrypt(scope + "-2", PLAIN, "context");
        assertThatThrownBy(() -> keys.decrypt(scope + "-2", cipher, "context"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherMasterKeyIsRefused() {
        byte[] cipher = keys.encrypt(scope, PLAIN, "context");
        Keys stranger = new ScopeKeys(portal, OTHER_MASTER);
        assertThatThrownBy(() -> stranger.decrypt(scope, cipher, "context"))
                .hasMessageContaining("not wrapped by this master key");
    }

    @Test
    void aDestroyedKeyReadsNothingAndIsNeverMadeAgain() {
        byte[] cipher = keys.encrypt(scope, PLAIN, "context");
        keys.destroy(scope);
        for (Keys each : List.of(keys, new ScopeKeys(portal, MASTER))) {
            assertThat(each.decrypt(scope, cipher, "context")).isNull();
            assertThatThrownBy(() -> each.encrypt(scope, PLAIN, "context")).isInstanceOf(Keys.ScopeErased.class);
        }
        assertThat(new JdbcTemplate(portal)
                        .queryForObject("select wrapped_key from scope_key where scope = ?", byte[].class, scope))
                .isNull();
    }

    @Test
    void aKeyThatNeverWasCanBeDestroyedToo() {
        keys.destroy(scope);
        assertThatThrownBy(() -> keys.encrypt(scope, PLAIN, "context")).isInstanceOf(Keys.ScopeErased.class);
    }

    @Test
    void aLostKeyIsNotTakenForADestroyedOne() {
        byte[] cipher = keys.encrypt(scope, PLAIN, "context");
        new JdbcTemplate(portal).update("delete from scope_key where scope = ?", scope);
        Keys afterwards = new ScopeKeys(portal, MASTER);
        assertThatThrownBy(() -> afterwards.decrypt(scope, cipher, "context"))
                .hasMessageContaining("there is no key of " + scope);
    }

    @Test
    void manyWhoNeedANewKeyAtOnceGetTheSameOne() throws Exception {
        try (ExecutorService many = Executors.newFixedThreadPool(16)) {
            List<Callable<byte[]>> tries = IntStream.range(0, 50)
                    .<Callable<byte[]>>mapToObj(
                            number -> () -> new ScopeKeys(portal, MASTER).encrypt(scope, PLAIN, "context"))
                    .toList();
            for (Future<byte[]> cipher : many.invokeAll(tries)) {
                assertThat(keys.decrypt(scope, cipher.get(), "context")).isEqualTo(PLAIN);
            }
        }
    }
}
