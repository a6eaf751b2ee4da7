package org.selfservice.web.identity;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.util.AntPathMatcher;

/**
 * One line of the tables of who may call which endpoints and open which of the staff's pages. Staff come with a session and have roles, other systems with a
 * bearer token that has scopes; what no line names, nobody may call. The first line that fits counts.
 *
 * @param reading whether it is about GET and HEAD, or about everything else
 * @param scopes of bearer tokens (RFC 6749, section 3.3)
 */
public record Access(boolean reading, String pattern, Set<String> roles, Set<String> scopes) {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String[] EVERY_ROLE = {"PROGRAM_ADMIN", "REVIEWER", "OFFICER", "AUDITOR", "ANALYST"};
    private static final String[] WHO_KNOW_PEOPLE = {"PROGRAM_ADMIN", "REVIEWER", "OFFICER", "AUDITOR"};

    static final List<Access> TABLE = List.of(
            toRead("/api/v1/programs/**", EVERY_ROLE, "read", "programs:write"),
            toRead("/api/v1/forms/**", EVERY_ROLE, "read", "programs:write"),
            toRead("/api/v1/cases/**", WHO_KNOW_PEOPLE, "read", "cases:write"),
            toRead("/api/v1/duplicates/**", WHO_KNOW_PEOPLE, "read", "cases:write"),
            toRead("/api/v1/registrants/**", WHO_KNOW_PEOPLE, "read"),
            toRead("/api/v1/enrolments/**", WHO_KNOW_PEOPLE, "read", "enrolments:write"),
            toRead("/api/v1/looks/**", only("AUDITOR"), "audit"),
            toRead("/api/v1/history/**", only("AUDITOR"), "audit"),
            toRead("/api/v1/analytics/**", only("PROGRAM_ADMIN", "ANALYST"), "analytics"),
            toRead("/api/v1/notifications/**", only("PROGRAM_ADMIN", "OFFICER"), "read", "cases:write"),
            toRead("/api/v1/views/**", only("PROGRAM_ADMIN", "AUDITOR"), "read", "programs:write"),
            toDo("/api/v1/views/**", only("PROGRAM_ADMIN", "AUDITOR"), "programs:write"),
            toDo("/api/v1/programs/**", only("PROGRAM_ADMIN"), "programs:write"),
            toDo("/api/v1/forms/**", only("PROGRAM_ADMIN"), "programs:write"),
            toDo("/api/v1/cases/**", only("PROGRAM_ADMIN", "REVIEWER"), "cases:write"),
            toDo("/api/v1/enrolments/**", only("PROGRAM_ADMIN"), "enrolments:write"),
            toDo("/api/v1/notifications/**", only("PROGRAM_ADMIN"), "cases:write"));

    /** The staff's pages: reading is opening one, anything else is pressing a button on it. */
    static final List<Access> PAGES = List.of(
            toRead("/staff", EVERY_ROLE),
            toRead("/staff/assist/**", only("OFFICER")),
            toDo("/staff/assist/**", only("OFFICER")),
            toRead("/staff/programs/**", EVERY_ROLE),
            toDo("/staff/programs/**", only("PROGRAM_ADMIN")),
            toRead("/staff/cases/**", WHO_KNOW_PEOPLE),
            toDo("/staff/cases/**", only("PROGRAM_ADMIN", "REVIEWER")),
            toRead("/staff/forms/**", WHO_KNOW_PEOPLE),
            // a preview stores nothing
            toDo("/staff/forms/*/preview/**", WHO_KNOW_PEOPLE),
            toDo("/staff/forms/*/versions/*/preview/**", WHO_KNOW_PEOPLE),
            toDo("/staff/forms/**", only("PROGRAM_ADMIN")),
            toRead("/staff/duplicates/**", WHO_KNOW_PEOPLE),
            toDo("/staff/duplicates/**", only("PROGRAM_ADMIN", "REVIEWER")),
            toRead("/staff/enrolments/**", WHO_KNOW_PEOPLE),
            toDo("/staff/enrolments/**", only("PROGRAM_ADMIN")),
            toRead("/staff/looks/**", only("AUDITOR")),
            toRead("/staff/history/**", only("AUDITOR")),
            toRead("/staff/dashboard", only("PROGRAM_ADMIN", "ANALYST")),
            toRead("/staff/views/**", only("PROGRAM_ADMIN", "AUDITOR")),
            toDo("/staff/views/**", only("PROGRAM_ADMIN", "AUDITOR")),
            toRead("/staff/notifications/**", only("PROGRAM_ADMIN", "OFFICER")),
            toDo("/staff/notifications/**", only("PROGRAM_ADMIN")));

    /** The line for an endpoint. */
    public static Access to(HttpMethod method, String path) {
        return line(TABLE, method, path);
    }

    /** The line for a page. */
    static Access toPage(HttpMethod method, String path) {
        return line(PAGES, method, path);
    }

    private static Access line(List<Access> table, HttpMethod method, String path) {
        AntPathMatcher paths = new AntPathMatcher();
        return table.stream()
                .filter(line -> line.isFor(method) && paths.match(line.pattern, path))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody may call " + method + " " + path));
    }

    boolean isFor(HttpMethod method) {
        return reading == READING.contains(method);
    }

    /** As Spring Security names them. */
    String[] authorities() {
        return Stream.concat(
                        roles.stream().map(role -> "ROLE_" + role),
                        scopes.stream().map(scope -> "SCOPE_" + scope))
                .toArray(String[]::new);
    }

    private static Access toRead(String pattern, String[] roles, String... scopes) {
        return new Access(true, pattern, inOrder(roles), inOrder(scopes));
    }

    private static Access toDo(String pattern, String[] roles, String... scopes) {
        return new Access(false, pattern, inOrder(roles), inOrder(scopes));
    }

    private static String[] only(String... roles) {
        return roles;
    }

    private static Set<String> inOrder(String... names) {
        return Arrays.stream(names).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
