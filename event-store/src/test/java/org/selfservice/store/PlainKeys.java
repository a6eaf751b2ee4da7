package org.selfservice.store;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.selfservice.kernel.Keys;

/** Encrypts nothing and checks everything else, so that a test can read what would be encrypted. */
final class PlainKeys implements Keys {
    private final Set<String> destroyed = new HashSet<>();

    @Override
    public byte[] encrypt(String scope, byte[] plain, String context) {
        if (destroyed.contains(scope)) {
            throw new ScopeErased(scope);
        }
        return (scope + '|' + context + '|' + new String(plain, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] decrypt(String scope, byte[] cipher, String context) {
        if (destroyed.contains(scope)) {
            return null;
        }
        String text = new String(cipher, StandardCharsets.UTF_8);
        String expected = scope + '|' + context + '|';
        if (!text.startsWith(expected)) {
            throw new IllegalArgumentException("not encrypted for " + expected);
        }
        return text.substring(expected.length()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isDestroyed(String scope) {
        return destroyed.contains(scope);
    }

    @Override
    public void destroy(String scope) {
        destroyed.add(scope);
    }
}
