package org.selfservice.web.document;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.selfservice.kernel.Keys;

/** Keys that live as long as a test. */
public final class MemoryKeys implements Keys {
    private final Map<String, byte[]> keys = new HashMap<>();
    private final Set<String> destroyed = new HashSet<>();

    @Override
    public synchronized byte[] encrypt(String scope, byte[] plain, String context) {
        if (destroyed.contains(scope)) {
            throw new ScopeErased(scope);
        }
        byte[] iv = random(12);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, keys.computeIfAbsent(scope, any -> random(32)), iv, plain, context);
        byte[] all = new byte[iv.length + sealed.length];
        System.arraycopy(iv, 0, all, 0, iv.length);
        System.arraycopy(sealed, 0, all, iv.length, sealed.length);
        return all;
    }

    @Override
    public synchronized byte[] decrypt(String scope, byte[] cipher, String context) {
        if (destroyed.contains(scope)) {
            return null;
        }
        return crypt(
                Cipher.DECRYPT_MODE,
                keys.get(scope),
                java.util.Arrays.copyOf(cipher, 12),
                java.util.Arrays.copyOfRange(cipher, 12, cipher.length),
                context);
    }

    @Override
    public synchronized boolean isDestroyed(String scope) {
        return destroyed.contains(scope);
    }

    @Override
    public synchronized void destroy(String scope) {
        destroyed.add(scope);
        keys.remove(scope);
    }

    private static byte[] crypt(int mode, byte[] key, byte[] iv, byte[] input, String context) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
            cipher.updateAAD(context.getBytes());
            return cipher.doFinal(input);
        } catch (GeneralSecurityException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
