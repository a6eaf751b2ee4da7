package org.selfservice.kernel;

/** Every reason for which the portal says no. Codes are part of the API and are never renamed. */
public enum RefusalCode {
    /** The stream that the command names does not exist, or is not the caller's to know of. */
    NOT_FOUND(404),
    /** The caller may see it but may not do it. */
    NOT_ALLOWED(403),
    /** Another command changed the stream meanwhile and a retry did not help. */
    CHANGED_MEANWHILE(409),
    /** The sender expected another version of the stream; detail {@code sequence} says at which it is. */
    CHANGED_SINCE_READ(412),
    /** The same request, by its key, is still being done. */
    REQUEST_STILL_RUNNING(409),
    /** The key of this request was used for another one. */
    IDEMPOTENCY_KEY_REUSED(422),
    /** A value has the wrong shape; detail {@code field} says which. */
    INVALID(400),
    /** A server that the portal needs for it cannot be reached; the same may be asked again. */
    UNAVAILABLE(503),

    PROGRAM_EXISTS(409),
    PROGRAM_NOT_OPEN(409),
    PROGRAM_INCOMPLETE(422),
    PROGRAM_STATE(409),
    OUTSIDE_APPLICATION_WINDOW(409),
    RULE_NOT_VALID(422),

    FORM_EXISTS(409),
    FORM_NOT_VALID(422),
    FORM_VERSION_UNKNOWN(422),
    FORM_VERSION_RETIRED(409),
    /** The program asks that the draft is brought up to the mapped form version before it is sent. */
    FORM_OUTDATED(409),

    /** The program may be applied for once only, and was. */
    ALREADY_APPLIED(409),
    /** An earlier application to this program is still open. */
    APPLICATION_STILL_OPEN(409),
    /** The limit of applications in the program's period is used up; detail {@code from} says when it is free again. */
    PERIOD_LIMIT_REACHED(409),
    /** Ordinal n was asked for and n-1 does not exist. */
    ORDINAL_OUT_OF_ORDER(409),
    APPLICATION_STATE(409),
    /** An answer was changed elsewhere since the page was read; detail {@code fields} lists them. */
    ANSWERS_CHANGED_ELSEWHERE(409),
    /** A field that the form version does not have; detail {@code field}. */
    UNKNOWN_FIELD(422),
    /** Answers that the form does not allow at sending; detail {@code fields} lists them. */
    ANSWERS_NOT_VALID(422),
    DECLARATION_MISSING(422),
    /** A hard eligibility rule says no; detail {@code rules}. */
    NOT_ELIGIBLE(422),
    /** A field or document that was not asked for in the request for information. */
    NOT_REQUESTED(409),
    NOTHING_REQUESTED(422),
    REASON_REQUIRED(422),
    REASON_UNKNOWN(422),
    /** The application is assigned to another reviewer. */
    ASSIGNED_TO_ANOTHER(409),
    /** Somebody else's application has something in common with this one, and nobody found that it is no duplicate. */
    DUPLICATE_SUSPECTED(409),
    SUSPICION_UNKNOWN(404),
    /** The approval cannot be corrected while the person is enrolled because of it. */
    ENROLLED(409),

    DOCUMENT_UNKNOWN(404),
    DOCUMENT_NOT_CLEAN(409),
    DOCUMENT_EMPTY(422),
    DOCUMENT_TOO_LARGE(413),
    DOCUMENT_TYPE(422),
    DOCUMENT_ENCRYPTED(422),
    DOCUMENT_DAMAGED(422),
    DOCUMENT_INFECTED(422),
    DOCUMENT_INCOMPLETE(400),
    /** The same question has a document of the same content already. */
    DOCUMENT_TWICE(409),
    TOO_MANY_DOCUMENTS(422),

    ATTRIBUTE_UNKNOWN(422),
    VALUE_NOT_VALID(422),
    CONSENT_UNKNOWN(404),
    CONSENT_WITHDRAWN(409),
    REGISTRANT_ERASED(410),
    /** Only the person themself may do it, and nobody for them. */
    ONLY_IN_PERSON(403),
    /** An officer sends for somebody who has not agreed to what was read back to them. */
    CONFIRMATION_MISSING(422),
    /** It takes a surer login than the one that was shown; details {@code assurance} and {@code minutes} say which. */
    AUTHENTICATION_TOO_WEAK(403),
    /** It takes a login from the last {@code minutes}. */
    AUTHENTICATION_TOO_OLD(403),
    /** The right to act for the person is over, or for something else. */
    NOT_DELEGATED(403),
    DELEGATION_UNKNOWN(404),
    /** An invitation that does not exist, was used or ran out. */
    INVITATION_UNKNOWN(404),
    /** One needs no right to act for oneself. */
    OWN_DELEGATE(422),
    TOO_MANY_DELEGATES(409),
    /** The login leads to somebody who is registered with another one; detail {@code registrant}. */
    LOGIN_LEADS_ELSEWHERE(409),
    /** The login was taken away from whom it led to; the next generation of it is free. */
    LOGIN_UNLINKED(410),
    /** The login leads to another registrant; detail {@code holder}. */
    LOGIN_TAKEN(409),
    LINK_UNKNOWN(404),
    /** One ID must stay, or nobody could sign in any more. */
    LAST_IDENTITY(409),
    TOO_MANY_IDENTITIES(409),

    ALREADY_ENROLLED(409),
    ENROLMENT_STATE(409),
    ENTITLEMENT_UNKNOWN(404),
    /** A payment would exceed the entitlement; detail {@code left}. */
    ENTITLEMENT_EXCEEDED(422),
    CURRENCY(422),

    /** One of the same view is under way, or waits for somebody to decide. */
    REPLAY_UNDER_WAY(409),
    /** Only what was folded from all events and compared can be made live. */
    REPLAY_NOT_COMPARED(409);

    private final int status;

    RefusalCode(int status) {
        this.status = status;
    }

    /** The HTTP status that says the same. */
    public int status() {
        return status;
    }
}
