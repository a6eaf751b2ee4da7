package org.selfservice.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Keys;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keys in the portal's database, each wrapped by the master key, which is not in any database. A row without a wrapped key
 * is the grave of a destroyed one: it keeps a new key from being made for the same scope.
 */
final class ScopeKeys implements Keys {
    static final String TABLE = """
            create table if not exists scope_key (
                scope text primary key,
                wrapped_key bytea,
                created_at timestamptz not null default now(),
                destroyed_at timestamptz)
            """;

    private static final int KEY_BYTES = 32;

    private final JdbcTemplate portal;
    private final Aead master;

    /**
     * Empty for a destroyed key. An entry lives for some minutes only, as a key may also be destroyed by another process:
     * that is how long another process may still read what it had read before.
     */
    private final Cache<String, Optional<Aead>> cache = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    ScopeKeys(DataSource portal, byte[] masterKey) {
        this.portal = new JdbcTemplate(portal);
        this.master = aead(masterKey);
    }

    @Override
    public byte[] encrypt(String scope, byte[] plain, String context) {
        Optional<Aead> key = cache.getIfPresent(scope);
        if (key == null) {
            key = remember(scope, find(scope).or(() -> make(scope)).orElseThrow());
        }
        try {
            return key.orElseThrow(() -> new ScopeErased(scope)).encrypt(plain, bytes(context));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("cannot encrypt for " + scope, failed);
        }
    }

    @Override
    public byte @Nullable [] decrypt(String scope, byte[] cipher, String context) {
        Aead key = existing(scope).orElse(null);
        if (key == null) {
            return null;
        }
        try {
            return key.decrypt(cipher, bytes(context));
        } catch (GeneralSecurityException forged) {
            throw new IllegalArgumentException("not encrypted for " + scope + " as " + context, forged);
        }
    }

    @Override
    public void destroy(String scope) {
        portal.update("""
                insert into scope_key (scope, destroyed_at) values (?, now())
                on conflict (scope) do update set wrapped_key = null, destroyed_at = now()
                """, scope);
        cache.put(scope, Optional.empty());
    }

    @Override
    public boolean isDestroyed(String scope) {
        return existing(scope).isEmpty();
    }

    /** A key that never was is a lost key, which is not the same as a destroyed one: nothing may be taken for erased. */
    private Optional<Aead> existing(String scope) {
        Optional<Aead> key = cache.getIfPresent(scope);
        return key != null
                ? key
                : remember(
                        scope, find(scope).orElseThrow(() -> new IllegalStateException("there is no key of " + scope)));
    }

    /** Whatever {@link #destroy} put into the cache meanwhile stays. */
    private Optional<Aead> remember(String scope, Optional<Aead> key) {
        Optional<Aead> earlier = cache.asMap().putIfAbsent(scope, key);
        return earlier == null ? key : earlier;
    }

    /** Of several who make it at once, one row wins and all read it. */
    private Optional<Optional<Aead>> make(String scope) {
        portal.update(
                "insert into scope_key (scope, wrapped_key) values (?, ?) on conflict (scope) do nothing",
                scope,
                wrap(scope, Random.randBytes(KEY_BYTES)));
        return find(scope);
    }

    /** @return empty when there is no row; within it empty when the key was destroyed */
    private Optional<Optional<Aead>> find(String scope) {
        return portal
                .query(
                        "select wrapped_key from scope_key where scope = ?",
                        (row, number) -> Optional.ofNullable(row.getBytes(1)).map(wrapped -> unwrap(scope, wrapped)),
                        scope)
                .stream()
                .findFirst();
    }

    private byte[] wrap(String scope, byte[] key) {
        try {
            return master.encrypt(key, bytes(scope));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("cannot wrap the key of " + scope, failed);
        }
    }

    private Aead unwrap(String scope, byte[] wrapped) {
        try {
            return aead(master.decrypt(wrapped, bytes(scope)));
        } catch (GeneralSecurityException otherMaster) {
            throw new IllegalStateException("the key of " + scope + " was not wrapped by this master key", otherMaster);
        }
    }

    private static Aead aead(byte[] key) {
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
