package org.selfservice.kernel;

import org.jspecify.annotations.Nullable;

/** The keys of personal data, one per scope (a registrant, an application), kept outside the event store. */
public interface Keys {
    /**
     * Encrypts with the scope's key, which is made when there is none yet (AES-256-GCM).
     *
     * @param context authenticated but not encrypted: the same must be given to decrypt
     * @throws ScopeErased when the scope's key was destroyed
     */
    byte[] encrypt(String scope, byte[] plain, String context);

    /** @return null when the scope's key was destroyed */
    byte @Nullable [] decrypt(String scope, byte[] cipher, String context);

    /** @return whether what was encrypted for the scope can never be read again */
    boolean isDestroyed(String scope);

    /** Destroys the scope's key for good: whatever was encrypted with it can never be read again. */
    void destroy(String scope);

    /** The scope's key was destroyed, so nothing can be added to it. */
    final class ScopeErased extends RuntimeException {
        public ScopeErased(String scope) {
            super("the key of " + scope + " was destroyed");
        }
    }
}
