package org.selfservice.kernel.application;

import org.jspecify.annotations.Nullable;

/**
 * How an answer came into the application.
 *
 * @param attribute the demographic attribute whose value the person left as it was filled in; null when typed
 * @param verified whether that value was verified by an identity provider
 */
public record AnswerSource(Kind kind, @Nullable String attribute, boolean verified) {
    public static final AnswerSource TYPED = new AnswerSource(Kind.TYPED, null, false);

    public enum Kind {
        TYPED,
        PREFILLED
    }
}
