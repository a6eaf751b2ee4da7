package org.selfservice.web.api;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every endpoint and who may call it, said once more and independently of the table that decides. */
record Endpoint(String method, String path, Set<String> callers) {
    static final List<String> ROLES = List.of("admin", "reviewer", "officer", "auditor", "analyst");
    static final List<String> SCOPES =
            List.of("read", "programs:write", "cases:write", "enrolments:write", "analytics", "audit");

    private static final String CATALOGUE = "admin reviewer officer auditor analyst read programs:write";
    private static final String DEFINE = "admin programs:write";
    private static final String SEE_CASES = "admin reviewer officer auditor read cases:write";
    private static final String DECIDE = "admin reviewer cases:write";
    private static final String SEE_ENROLMENTS = "admin reviewer officer auditor read enrolments:write";
    private static final String ENROL = "admin enrolments:write";

    static final List<Endpoint> ALL = Stream.of(
                    line("GET /programs", CATALOGUE),
                    line("GET /programs/{code}", CATALOGUE),
                    line("POST /programs", DEFINE),
                    line("PUT /programs/{code}/profile", DEFINE),
                    line("PUT /programs/{code}/form", DEFINE),
                    line("PUT /programs/{code}/policy", DEFINE),
                    line("PUT /programs/{code}/rules", DEFINE),
                    line("POST /programs/{code}/rules/replay", DEFINE),
                    line("PUT /programs/{code}/documents", DEFINE),
                    line("PUT /programs/{code}/rejection-reasons", DEFINE),
                    line("PUT /programs/{code}/auto-enrolment", DEFINE),
                    line("PUT /programs/{code}/retention", DEFINE),
                    line("PUT /programs/{code}/step-up", DEFINE),
                    line("POST /programs/{code}/opening", DEFINE),
                    line("POST /programs/{code}/suspension", DEFINE),
                    line("POST /programs/{code}/closing", DEFINE),
                    line("GET /forms", CATALOGUE),
                    line("GET /forms/{code}", CATALOGUE),
                    line("GET /forms/{code}/versions/{version}", CATALOGUE),
                    line("GET /forms/{code}/draft", CATALOGUE),
                    line("GET /forms/{code}/versions/{version}/questions", CATALOGUE),
                    line("POST /forms", DEFINE),
                    line("POST /forms/{code}/copies", DEFINE),
                    line("PUT /forms/{code}/title", DEFINE),
                    line("PUT /forms/{code}/draft", DEFINE),
                    line("POST /forms/{code}/versions", DEFINE),
                    line("POST /forms/{code}/versions/{version}/retirement", DEFINE),
                    line("POST /cases/decisions", DECIDE),
                    line("GET /cases", SEE_CASES),
                    line("GET /cases/{id}", SEE_CASES),
                    line("GET /cases/by-reference/{reference}", SEE_CASES),
                    line("GET /cases/{application}/documents/{document}", SEE_CASES),
                    line("POST /cases/{id}/assignment", DECIDE),
                    line("POST /cases/{id}/release", DECIDE),
                    line("POST /cases/{id}/information-request", DECIDE),
                    line("POST /cases/{id}/remarks", DECIDE),
                    line("POST /cases/{id}/documents/{document}/verification", DECIDE),
                    line("POST /cases/{id}/documents/{document}/rejection", DECIDE),
                    line("POST /cases/{id}/approval", DECIDE),
                    line("POST /cases/{id}/rejection", DECIDE),
                    line("POST /cases/{id}/correction", DECIDE),
                    line("POST /cases/{id}/suspicions/{other}", DECIDE),
                    line("GET /duplicates", SEE_CASES),
                    line("GET /registrants/{id}", "admin reviewer officer auditor read"),
                    line("GET /enrolments", SEE_ENROLMENTS),
                    line("GET /enrolments/{id}", SEE_ENROLMENTS),
                    line("POST /enrolments/payments", ENROL),
                    line("POST /enrolments", ENROL),
                    line("POST /enrolments/{id}/pause", ENROL),
                    line("POST /enrolments/{id}/resume", ENROL),
                    line("POST /enrolments/{id}/exit", ENROL),
                    line("POST /enrolments/{id}/entitlements", ENROL),
                    line("POST /enrolments/{id}/payments", ENROL),
                    line("GET /looks", "auditor audit"),
                    line("GET /history", "auditor audit"),
                    line("GET /history/then", "auditor audit"),
                    line("GET /analytics/counts", "admin analyst analytics"),
                    line("GET /analytics/times", "admin analyst analytics"),
                    line("GET /analytics/payments", "admin analyst analytics"),
                    line("GET /analytics/applications", "admin analyst analytics"),
                    line("GET /analytics/applications.csv", "admin analyst analytics"),
                    line("GET /analytics/applications.ndjson", "admin analyst analytics"),
                    line("GET /analytics/dictionary", "admin analyst analytics"),
                    line("GET /notifications", "admin officer read cases:write"),
                    line("POST /notifications/attempts", "admin cases:write"),
                    line("POST /notifications/{number}/attempts", "admin cases:write"),
                    line("DELETE /notifications/{number}", "admin cases:write"),
                    line("GET /views", "admin auditor read programs:write"),
                    line("GET /views/{view}", "admin auditor read programs:write"),
                    line("POST /views/{view}/replay", "admin auditor programs:write"),
                    line("POST /views/{view}/replay/swap", "admin auditor programs:write"),
                    line("DELETE /views/{view}/replay", "admin auditor programs:write"))
            .toList();

    /** An address of something that does not exist. */
    String nowhere() {
        String id = path.startsWith("/api/v1/enrolments")
                ? "e-00000000000000000000"
                : path.startsWith("/api/v1/registrants") ? "r-00000000000000000000" : "a-00000000000000000000";
        return path.replace("{code}", "nothing-here")
                .replace("{version}", "1")
                .replace("{number}", "999999")
                .replace("{id}", id)
                .replace("{view}", "nothing-here")
                .replace("{other}", "a-00000000000000000001")
                .replace("{application}", id)
                .replace("{document}", "d-00000000000000000000")
                .replace("{reference}", "CASH-AAAA-AAAA");
    }

    String name() {
        return method + " " + path;
    }

    private static Endpoint line(String address, String callers) {
        String[] parts = address.split(" ");
        return new Endpoint(
                parts[0],
                "/api/v1" + parts[1],
                Arrays.stream(callers.split(" ")).collect(Collectors.toCollection(TreeSet::new)));
    }
}
