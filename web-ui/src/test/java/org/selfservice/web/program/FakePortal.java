package org.selfservice.web.program;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.Filter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mockito.invocation.InvocationOnMock;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.Source;
import org.selfservice.web.AnyProof;
import org.selfservice.web.Portal;
import org.selfservice.web.Proofs;
import org.selfservice.web.Registrant;
import org.selfservice.web.demo.DemoAnswers;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Primary;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** The program pages with the demo's programs and one person, whose standing a test chooses; no side runs. */
@Configuration(proxyBeanMethods = false)
@ComponentScan({"org.selfservice.web.program", "org.selfservice.web.form", "org.selfservice.web.help"})
@ComponentScan(
        basePackages = "org.selfservice.web",
        useDefaultFilters = false,
        includeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern =
                                "org\\.selfservice\\.web\\.(Refusals|Failures|RefusalAdvice|ErrorPages|Correlation|WebSettings)"))
class FakePortal {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
    static final RegistrantId AMINA = new RegistrantId("r-aminaaminaaminaaminaamina");

    private static final List<ApplicationSummary> APPLICATIONS = new ArrayList<>();
    private static final List<EnrolmentSummary> ENROLMENTS = new ArrayList<>();
    private static final Map<ProgramCode, ProgramDetails> PROGRAMS = new HashMap<>();
    static final List<ApplyForProgram> SENT = new ArrayList<>();

    static void reset() {
        APPLICATIONS.clear();
        ENROLMENTS.clear();
        SENT.clear();
        DemoAnswers.programs(TODAY).forEach(program -> PROGRAMS.put(program.code(), program));
    }

    static void applied(String program, int ordinal, ApplicationState state, String startedAt) {
        Instant at = Instant.parse(startedAt);
        ApplicationSummary one = new ApplicationSummary(
                id(program, ordinal),
                program.substring(0, 4).toUpperCase() + "-7K3M-9P2" + ordinal,
                new ProgramCode(program),
                ordinal,
                state,
                at,
                null,
                null,
                at,
                0,
                null);
        APPLICATIONS.removeIf(other -> other.id().equals(one.id()));
        APPLICATIONS.add(one);
    }

    static void enrolled(String program) {
        ENROLMENTS.add(new EnrolmentSummary(
                new EnrolmentId("e-enrolenrolenrolenrolenrol"),
                new ProgramCode(program),
                EnrolmentState.ENROLLED,
                Instant.parse("2026-10-01T00:00:00Z"),
                Instant.parse("2026-10-01T00:00:00Z"),
                null,
                null,
                List.of(),
                List.of()));
    }

    static void suspend(String program) {
        PROGRAMS.computeIfPresent(
                new ProgramCode(program),
                (code, now) -> new ProgramDetails(
                        code,
                        ProgramState.SUSPENDED,
                        now.profile(),
                        now.form(),
                        now.policy(),
                        now.rulesVersion(),
                        now.rules(),
                        now.documents(),
                        now.rejectionReasons(),
                        null,
                        now.enrolsOnApproval(),
                        now.retention(),
                        now.stepUp(),
                        10));
    }

    static ApplicationId id(String program, int ordinal) {
        return new ApplicationId(
                "a-" + (program.replace("-", "") + "applicationapplication").substring(0, 24) + ordinal);
    }

    @Bean
    @Primary
    Clock today() {
        return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Bean
    Pseudonyms pseudonyms() {
        Pseudonyms pseudonyms = mock(Pseudonyms.class);
        when(pseudonyms.application(any(), any(), org.mockito.ArgumentMatchers.anyInt()))
                .thenAnswer(call -> id(call.<ProgramCode>getArgument(1).value(), call.getArgument(2)));
        return pseudonyms;
    }

    @Bean
    Proofs proofs() {
        return new AnyProof();
    }

    @Bean
    Portal portal() {
        return mock(Portal.class, FakePortal::answer);
    }

    @Bean
    FilterRegistrationBean<Filter> whoever() {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            if (request.getParameter("as") != null
                    || ((jakarta.servlet.http.HttpServletRequest) request).getHeader("As") != null) {
                SecurityContextHolder.getContext()
                        .setAuthentication(new TestingAuthenticationToken(new Amina(), "", "P"));
            }
            chain.doFilter(request, response);
        });
        filter.setOrder(0);
        return filter;
    }

    record Amina() implements Registrant {
        @Override
        public RegistrantId registrant() {
            return AMINA;
        }

        @Override
        public String displayName() {
            return "Amina O'Sample";
        }

        @Override
        public String provider() {
            return "national";
        }

        @Override
        public Author.Evidence evidence() {
            return new Author.Evidence("https://idp.example", null, NOW);
        }
    }

    private static @Nullable Object answer(InvocationOnMock call) {
        if (call.getArguments().length == 0) {
            return null;
        }
        return switch (call.getArgument(0)) {
            case FindPrograms _ ->
                new org.selfservice.kernel.program.ProgramQuery.Programs(List.copyOf(PROGRAMS.values()));
            case FindProgram(ProgramCode code) -> PROGRAMS.getOrDefault(code, missing(code));
            case FindFormVersion(var form, int version) ->
                DemoAnswers.forms(TODAY).stream()
                        .filter(one -> one.form().equals(form) && one.version() == version)
                        .findFirst()
                        .orElseThrow();
            case FindDossier _ -> dossier();
            case ApplyForProgram apply -> {
                SENT.add(apply);
                if (PROGRAMS.get(apply.program()).state() != ProgramState.OPEN) {
                    throw new Refused(RefusalCode.PROGRAM_NOT_OPEN);
                }
                applied(apply.program().value(), apply.ordinal(), ApplicationState.DRAFT, NOW.toString());
                yield new Position(apply.stream(), 0);
            }
            default -> null;
        };
    }

    private static ProgramDetails missing(ProgramCode code) {
        ProgramDetails any = DemoAnswers.programs(TODAY).getFirst();
        return new ProgramDetails(
                code,
                ProgramState.DRAFT,
                null,
                null,
                any.policy(),
                0,
                List.of(),
                List.of(),
                List.of(),
                null,
                false,
                any.retention(),
                any.stepUp(),
                -1);
    }

    private static Dossier dossier() {
        Map<String, List<DemographicValue>> values = new HashMap<>();
        Map.of("name", "Amina O'Sample", "birthdate", "1986-11-25", "phone_number", "+12025550112")
                .forEach((attribute, value) -> values.put(
                        attribute,
                        List.of(new DemographicValue(
                                Answer.text(value), Source.provider("national"), true, NOW, "1", true, List.of()))));
        return new Dossier(
                AMINA,
                "Amina O'Sample",
                false,
                List.of(),
                values,
                List.of(),
                null,
                List.copyOf(APPLICATIONS),
                List.copyOf(ENROLMENTS),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }
}
