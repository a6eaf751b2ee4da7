package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Each of the staff's pages is tried by everybody: exactly those pass who should. */
class StaffPagesStory extends PortalUnderTest {
    private static final List<String> ROLES = List.of("admin", "reviewer", "officer", "auditor", "analyst");

    /** A reviewer of one program, who opens what reviewers open and finds less there. */
    private static final String OF_ONE_PROGRAM = "reviewer-cash";

    /** Who may open and who may do, by the section; said once more and independently of the table that decides. */
    private static final Map<String, List<String>> READING = Map.ofEntries(
            Map.entry("", ROLES),
            Map.entry("assist", List.of("officer")),
            Map.entry("programs", ROLES),
            Map.entry("cases", List.of("admin", "reviewer", "officer", "auditor")),
            Map.entry("forms", List.of("admin", "reviewer", "officer", "auditor")),
            Map.entry("duplicates", List.of("admin", "reviewer", "officer", "auditor")),
            Map.entry("enrolments", List.of("admin", "reviewer", "officer", "auditor")),
            Map.entry("notifications", List.of("admin", "officer")),
            Map.entry("looks", List.of("auditor")),
            Map.entry("dashboard", List.of("admin", "analyst")),
            Map.entry("history", List.of("auditor")),
            Map.entry("views", List.of("admin", "auditor")));

    private static final Map<String, List<String>> DOING = Map.of(
            "assist", List.of("officer"),
            "programs", List.of("admin"),
            "cases", List.of("admin", "reviewer"),
            "forms", List.of("admin"),
            "duplicates", List.of("admin", "reviewer"),
            "enrolments", List.of("admin"),
            "notifications", List.of("admin"),
            "views", List.of("admin", "auditor"));

    @Test
    void exactly_those_pass_who_should() {
        Map<String, Visitor> everybody = new LinkedHashMap<>();
        everybody.put("nobody", visitor());
        everybody.put("registrant", withToken(signedIn(PAT), "/"));
        ROLES.forEach(role -> everybody.put(role, withToken(staff(role), "/staff")));
        everybody.put(OF_ONE_PROGRAM, withToken(staff(OF_ONE_PROGRAM), "/staff"));
        SoftAssertions softly = new SoftAssertions();
        for (String page : pages()) {
            String method = page.substring(0, page.indexOf(' '));
            String path = page.substring(page.indexOf(' ') + 1);
            String section = (path + "/").split("/").length > 2 ? path.split("/")[2] : "";
            Set<String> passed = new TreeSet<>();
            everybody.forEach((name, visitor) -> {
                Answer answer = call(visitor, method, path.replaceAll("\\{[^}]*}", "nothing"));
                softly.assertThat(answer.status()).as(page + " by " + name).isLessThan(500);
                if (answer.status() != 403 && !answer.at().getPath().endsWith("/sign-in")) {
                    passed.add(name);
                }
            });
            Set<String> should = new TreeSet<>(
                    (method.equals("GET") || storesNothing(path) ? READING : DOING).getOrDefault(section, List.of()));
            if (should.contains("reviewer")) {
                should.add(OF_ONE_PROGRAM);
            }
            softly.assertThat(passed).as(page).isEqualTo(should);
        }
        softly.assertAll();
    }

    @Test
    void staff_begin_at_the_sections_that_their_role_opens() {
        assertThat(staff("admin").get("/staff").body())
                .contains("href=\"/staff/programs\"", "href=\"/staff/duplicates\"", "href=\"/staff/enrolments\"");
        assertThat(staff("analyst").get("/staff").body())
                .contains("href=\"/staff/programs\"")
                .doesNotContain("href=\"/staff/duplicates\"", "href=\"/applications\"");
        assertThat(signedIn(PAT).get("/").body()).doesNotContain("/staff");
        Answer asked = visitor().get("/staff");
        assertThat(asked.at().getPath()).isEqualTo("/staff/sign-in");
    }

    @Test
    void the_staffs_home_is_accessible_at_every_width_and_in_both_directions() {
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "admin");
        assertThat(page.url()).isEqualTo(url("/staff"));
        for (String language : List.of("en", "ar")) {
            page.navigate("/staff?lang=" + language);
            look(page, "staff-home-" + language);
        }
    }

    private static boolean storesNothing(String path) {
        return path.startsWith("/staff/forms/{code}/") && path.contains("/preview/");
    }

    private static Set<String> pages() {
        return bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.equals("/staff") || path.startsWith("/staff/"))
                        .filter(path -> !path.equals("/staff/sign-in"))
                        .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> method + " " + path)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Answer call(Visitor visitor, String method, String path) {
        return method.equals("GET") ? visitor.get(path) : visitor.send(method, path, "");
    }

    private static Visitor withToken(Visitor visitor, String page) {
        visitor.with("Accept", "text/html").get(page);
        return visitor.with("X-CSRF-TOKEN", visitor.csrf());
    }
}
