package org.selfservice.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Author.Channel;
import org.selfservice.kernel.Author.Role;
import org.selfservice.kernel.audit.AuditQuery.Change;
import org.selfservice.kernel.audit.AuditQuery.Changed;
import org.selfservice.kernel.audit.AuditQuery.Changes;
import org.selfservice.kernel.audit.Look;
import org.selfservice.kernel.audit.Look.Purpose;
import org.selfservice.kernel.audit.Place;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentLine;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.ModelAndView;

class LookingTest {
    private static final RegistrantId LENA = new RegistrantId("r-lenalenalenalenalena");
    private static final RegistrantId OMAR = new RegistrantId("r-omaromaromaromaromar");
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final KeptLooks looks = new KeptLooks();
    private final Looking looking = new Looking(looks, Clock.fixed(NOW, ZoneOffset.UTC));
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private MockHttpServletRequest request = new MockHttpServletRequest();

    record Somebody(Role role, Channel channel) implements Actor {
        @Override
        public Author author(Channel through, String correlation) {
            return new Author("rita", "Rita", role, null, channel, null, correlation);
        }
    }

    static final class Controller {
        String page() {
            return "page";
        }

        ResponseEntity<String> answer() {
            return ResponseEntity.ok("");
        }
    }

    @AfterEach
    void nobodyIsThere() {
        SecurityContextHolder.clearContext();
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void an_answer_to_staff_is_kept_when_it_is_asked_for() {
        begin(Role.REVIEWER, "GET", "/api/v1/registrants/" + LENA, "answer");
        looking.at(dossier(LENA));

        assertThat(looks.kept)
                .containsExactly(new Look(
                        LENA,
                        "rita",
                        Role.REVIEWER,
                        Channel.WEB,
                        Purpose.INFORMATION,
                        null,
                        null,
                        NOW,
                        looks.kept.getFirst().correlation()));
    }

    @ParameterizedTest
    @EnumSource(names = {"REGISTRANT", "DELEGATE", "PORTAL"})
    void what_is_ones_own_or_entrusted_is_no_look(Role role) {
        begin(role, "GET", "/me", "answer");
        looking.at(dossier(LENA));
        assertThat(looks.kept).isEmpty();
    }

    @Test
    void a_page_is_kept_when_it_is_about_to_be_shown() throws ReflectiveOperationException {
        begin(Role.REVIEWER, "GET", "/staff/enrolments", "page");
        looking.at(dossier(LENA));
        looking.at(dossier(OMAR));
        assertThat(looks.kept).isEmpty();

        end("page", new ModelAndView("enrolment/staff/list"));
        assertThat(looks.kept).extracting(Look::registrant).containsExactly(LENA, OMAR);
        assertThat(looks.kept).extracting(Look::purpose).containsOnly(Purpose.LIST);
    }

    @Test
    void a_redirect_shows_nothing_and_a_form_with_mistakes_does() throws ReflectiveOperationException {
        begin(Role.REVIEWER, "POST", "/staff/cases/x/remarks", "page");
        looking.at(dossier(LENA));
        end("page", new ModelAndView("redirect:/staff/cases/x"));
        assertThat(looks.kept).isEmpty();

        begin(Role.REVIEWER, "POST", "/staff/cases/x/remarks", "page");
        looking.at(dossier(LENA));
        end("page", new ModelAndView("application/staff/case"));
        assertThat(looks.kept).hasSize(1);
    }

    @Test
    void a_command_of_another_system_shows_nothing() {
        begin(Role.MACHINE, "POST", "/api/v1/enrolments", "answer");
        looking.at(dossier(LENA));
        assertThat(looks.kept).isEmpty();
    }

    @Test
    void what_an_auditor_is_told_of_several_people_is_a_look_at_each_of_whom_something_is_told() {
        begin(Role.AUDITOR, "GET", "/api/v1/history", "answer");
        Change change = new Change("state", "DRAFT", "SUBMITTED", false);
        looking.at(new Changes(List.of(
                changed(LENA, List.of(change)),
                changed(OMAR, List.of(change)),
                changed(LENA, List.of(change)),
                changed(new RegistrantId("r-nobodynobodynobodynobody"), List.of()),
                changed(null, List.of(change)))));

        assertThat(looks.kept).extracting(Look::registrant).containsExactly(LENA, OMAR);
        assertThat(looks.kept).extracting(Look::purpose).containsOnly(Purpose.AUDIT);
    }

    private static Changed changed(@Nullable RegistrantId registrant, List<Change> changes) {
        return new Changed(new Place("a-x", 1), registrant, new ProgramCode("cash"), null, changes.isEmpty(), changes);
    }

    @Test
    void the_person_beside_their_enrolment_is_one_look() {
        begin(Role.PROGRAM_ADMIN, "GET", "/api/v1/enrolments/e", "answer");
        looking.at(enrolment(LENA));
        looking.at(dossier(LENA));
        looking.at(enrolment(LENA));

        assertThat(looks.kept).extracting(Look::purpose).containsExactly(Purpose.ENROLMENT);
        assertThat(looks.kept).extracting(Look::program).containsExactly(new ProgramCode("cash"));
    }

    @Test
    void an_officer_beside_a_person_helps_them() throws ReflectiveOperationException {
        begin(new Somebody(Role.OFFICER, Channel.ASSISTED), "GET", "/me", "page");
        looking.at(dossier(LENA));
        end("page", new ModelAndView("registrant/me"));
        assertThat(looks.kept).extracting(Look::purpose).containsExactly(Purpose.ASSISTANCE);
    }

    @Test
    void whoever_is_not_there_was_not_seen() {
        begin(Role.REVIEWER, "GET", "/api/v1/registrants/" + LENA, "answer");
        looking.at(dossier(LENA, Map.of()));
        looking.at(enrolment(null));
        looking.at("anything else");
        assertThat(looks.kept).isEmpty();
    }

    @Test
    void without_a_request_or_anybody_signed_in_nothing_is_kept() {
        looking.at(dossier(LENA));
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        looking.at(dossier(LENA));
        assertThat(looks.kept).isEmpty();
    }

    private void begin(Role role, String method, String path, String handler) {
        begin(new Somebody(role, Channel.WEB), method, path, handler);
    }

    private void begin(Actor who, String method, String path, String handler) {
        request = new MockHttpServletRequest(method, path);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(who, null));
        try {
            looking.preHandle(request, response, handler(handler));
        } catch (ReflectiveOperationException no) {
            throw new AssertionError(no);
        }
    }

    private void end(String handler, ModelAndView shown) throws ReflectiveOperationException {
        looking.postHandle(request, response, handler(handler), shown);
    }

    private static HandlerMethod handler(String name) throws ReflectiveOperationException {
        return new HandlerMethod(new Controller(), Controller.class.getDeclaredMethod(name));
    }

    private static EnrolmentLine enrolment(@Nullable RegistrantId who) {
        return new EnrolmentLine(
                new EnrolmentId("e-enrolenrolenrolenrol"),
                who,
                new ProgramCode("cash"),
                EnrolmentState.ENROLLED,
                NOW,
                null,
                0);
    }

    private static Dossier dossier(RegistrantId who) {
        return dossier(who, Map.of(who.value(), 0L));
    }

    private static Dossier dossier(RegistrantId who, Map<String, Long> seen) {
        return new Dossier(
                who, "Lena", false, List.of(), Map.of(), List.of(), null, List.of(), List.of(), List.of(), List.of(),
                List.of(), seen);
    }
}
