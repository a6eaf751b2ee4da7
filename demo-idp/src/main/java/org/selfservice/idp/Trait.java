package org.selfservice.idp;

/** Ways of eSignet 1.8 that other providers do not share; a client meets those that it is registered with. */
public enum Trait {
    /** Requests come pushed or not at all (RFC 9126); a reference lives for a minute and for one visit. */
    PUSHED_REQUESTS_ALONE,
    /** A nonce is good for one request a day: nobody opens an authorization request again. */
    NONCE_ONCE,
    /**
     * What is wrong with a request is said on the provider's own page. Later errors come back with codes of its own, without
     * {@code iss}, and after a pushed request with the text {@code null} as state. Success brings {@code ui_locales} along.
     */
    ANSWERS_OF_ITS_OWN,
    /** Five minutes to prove who one is, then two to agree. */
    SHORT_OF_TIME,
    /**
     * People choose among the ways that were asked for, in the {@code claims} parameter or else in {@code acr_values}, and
     * that the client is registered with; among all of the latter when none is left.
     */
    WAYS_TO_CHOOSE,
    /** A wallet approves by a QR code, instead of a button that pretends it. */
    QR_CODE,
    /** Who agreed to the very same before is not asked again, unless with {@code prompt=consent}. */
    CONSENT_REMEMBERED,
    /** {@code prompt=none} is taken and not heeded: there is no session that could answer. */
    PROMPT_NONE_IGNORED,
    /** An id_token has {@code at_hash} and no {@code azp}; it lives for an hour, and the answer does not name scopes. */
    LEAN_TOKENS,
    /** The scope {@code profile} stands for all claims that the client is registered with. */
    PROFILE_IS_EVERYTHING,
    /** {@code 1986/11/25} */
    DATES_WITH_SLASHES,
    /** {@code individual_id} is what was typed, perhaps a virtual ID that its holder changes at will. */
    NUMBER_AS_TYPED,
    /** Not only names come in the languages asked for: gender and the parts of an address as well. */
    ALL_IN_LANGUAGES
}
