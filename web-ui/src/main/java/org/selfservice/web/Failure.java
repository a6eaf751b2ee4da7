package org.selfservice.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/**
 * Why a request could not be answered as it was asked.
 *
 * @param code part of the API: a {@link RefusalCode}, or the name of the HTTP status
 * @param refusal when a rule said no
 */
record Failure(int status, String code, Map<String, String> details, Refused.@Nullable Refusal refusal) {

    static Failure of(Refused.Refusal refusal) {
        return new Failure(refusal.code().status(), refusal.code().name(), refusal.details(), refusal);
    }

    static Failure of(RefusalCode code, Map<String, String> details) {
        return of(new Refused.Refusal(code, details));
    }

    static Failure of(int status) {
        return switch (status) {
            case 400 -> of(RefusalCode.INVALID, Map.of());
            case 401 -> new Failure(401, "UNAUTHENTICATED", Map.of(), null);
            case 403 -> new Failure(403, RefusalCode.NOT_ALLOWED.name(), Map.of(), null);
            case 404 -> new Failure(404, RefusalCode.NOT_FOUND.name(), Map.of(), null);
            case 405 -> new Failure(405, "METHOD_NOT_ALLOWED", Map.of(), null);
            case 406 -> new Failure(406, "NOT_ACCEPTABLE", Map.of(), null);
            case 413 -> new Failure(413, "TOO_LARGE", Map.of(), null);
            case 415 -> new Failure(415, "UNSUPPORTED_MEDIA_TYPE", Map.of(), null);
            case 503 -> new Failure(503, "UNAVAILABLE", Map.of(), null);
            default ->
                status >= 400 && status < 500
                        ? new Failure(status, "INVALID", Map.of(), null)
                        : new Failure(status < 400 ? 500 : status, "FAILED", Map.of(), null);
        };
    }
}
