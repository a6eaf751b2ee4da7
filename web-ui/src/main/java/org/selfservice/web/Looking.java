package org.selfservice.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Author.Channel;
import org.selfservice.kernel.Author.Role;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.audit.AuditQuery.Changed;
import org.selfservice.kernel.audit.AuditQuery.Changes;
import org.selfservice.kernel.audit.AuditQuery.Then;
import org.selfservice.kernel.audit.Look;
import org.selfservice.kernel.audit.Look.Purpose;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentLine;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Keeps who is shown what is held about a person, before it is shown: an endpoint's answer when it is asked for, a page when
 * its controller is done and it is not a redirect. It stands where every answer comes through, so that no page can forget
 * it; when it cannot be kept, nothing is shown.
 */
@Component
class Looking implements WebMvcConfigurer, HandlerInterceptor {
    private static final String KEY = Looking.class.getName();
    private static final String PAGE = KEY + ".page";
    /** What controllers return that show a page, or lead to one. */
    private static final Set<Class<?>> PAGES = Set.of(String.class, ModelAndView.class, Object.class);

    private static final Set<String> READING = Set.of("GET", "HEAD");
    /** Who is shown their own, or what somebody entrusted to them, and whoever shows nothing to anybody. */
    private static final Set<Role> NOT_STAFF = Set.of(Role.REGISTRANT, Role.DELEGATE, Role.PORTAL);

    /** Where those look who check the others. */
    private static final List<String> AUDIT =
            List.of("/staff/looks", "/api/v1/looks", "/staff/history", "/api/v1/history");

    private final Looks looks;
    private final Clock clock;

    Looking(Looks looks, Clock clock) {
        this.looks = looks;
        this.clock = clock;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        request.setAttribute(PAGE, handler instanceof HandlerMethod method && showsPage(method));
        return true;
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView shown) {
        String view = shown == null ? null : shown.getViewName();
        boolean leads = view != null && view.startsWith("redirect:") || response.getStatus() / 100 == 3;
        if (isPage(request) && !leads && !of(request).isEmpty()) {
            looks.keep(List.copyOf(of(request).values()));
        }
    }

    /** @return the answer, which somebody is now about to see */
    <A> A at(A answer) {
        Authentication now = SecurityContextHolder.getContext().getAuthentication();
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                && now != null
                && now.getPrincipal() instanceof Actor actor) {
            HttpServletRequest request = attributes.getRequest();
            List<Look> fresh =
                    looks(actor.author(Portal.channel(), Correlation.current()), path(request), answer).stream()
                            .filter(look -> isNew(look, of(request)))
                            .toList();
            fresh.forEach(look -> of(request).put(key(look), look));
            if (!fresh.isEmpty() && !isPage(request) && READING.contains(request.getMethod())) {
                looks.keep(fresh);
            }
        }
        return answer;
    }

    private List<Look> looks(Author author, String path, Object answer) {
        if (NOT_STAFF.contains(author.role())) {
            return List.of();
        }
        if (answer instanceof Changes changes) {
            return changes.all().stream()
                    .filter(one -> !one.changes().isEmpty())
                    .map(Changed::registrant)
                    .filter(Objects::nonNull)
                    .distinct()
                    .map(registrant -> look(author, registrant, null, null, purpose(path, Purpose.AUDIT)))
                    .toList();
        }
        Look look = look(author, path, answer);
        return look == null ? List.of() : List.of(look);
    }

    private @Nullable Look look(Author author, String path, Object answer) {
        boolean assists = author.channel() == Channel.ASSISTED;
        return switch (answer) {
            // what was not sent is shown to nobody but its person, and to whoever sits beside them
            case ApplicationFile file
            when file.registrant() != null && (assists || file.submittedAt() != null) ->
                look(author, file.registrant(), file.id().value(), file.program(), purpose(path, Purpose.CASE));
            case EnrolmentLine line
            when line.registrant() != null ->
                look(author, line.registrant(), line.id().value(), line.program(), purpose(path, Purpose.ENROLMENT));
            case Dossier dossier
            when !dossier.seen().isEmpty() ->
                look(author, dossier.registrant(), null, null, purpose(path, Purpose.INFORMATION));
            case Then then
            when then.registrant() != null
                    && !(then.facts().isEmpty() && then.changes().isEmpty()) ->
                look(
                        author,
                        then.registrant(),
                        then.program() == null ? null : then.of(),
                        then.program(),
                        purpose(path, Purpose.AUDIT));
            default -> null;
        };
    }

    private Look look(
            Author author,
            RegistrantId registrant,
            @Nullable String stream,
            @Nullable ProgramCode program,
            Purpose purpose) {
        return new Look(
                registrant,
                author.actor(),
                author.role(),
                author.channel(),
                purpose,
                stream,
                program,
                clock.instant(),
                author.correlation());
    }

    /** By the page; where that says nothing, by what was asked. */
    private static Purpose purpose(String path, Purpose asked) {
        if (!path.startsWith("/staff/") && !path.startsWith("/api/") || path.startsWith("/staff/assist")) {
            return Purpose.ASSISTANCE;
        }
        if (path.startsWith("/staff/duplicates")) {
            return Purpose.DUPLICATES;
        }
        if (AUDIT.stream().anyMatch(path::startsWith)) {
            return Purpose.AUDIT;
        }
        if (path.equals("/staff/enrolments") && asked == Purpose.INFORMATION) {
            return Purpose.LIST;
        }
        return asked == Purpose.CASE && path.contains("/documents/") ? Purpose.DOCUMENT : asked;
    }

    /** A person's name beside their case is no look of its own. */
    private static boolean isNew(Look look, Map<String, Look> before) {
        return look.stream() == null
                ? before.values().stream().noneMatch(one -> one.registrant().equals(look.registrant()))
                : !before.containsKey(key(look));
    }

    private static String key(Look look) {
        return look.registrant() + "/" + look.stream();
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    private static boolean showsPage(HandlerMethod method) {
        return PAGES.contains(method.getReturnType().getParameterType())
                && !method.hasMethodAnnotation(ResponseBody.class)
                && !AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ResponseBody.class);
    }

    private static boolean isPage(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(PAGE));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Look> of(HttpServletRequest request) {
        Map<String, Look> looks = (Map<String, Look>) request.getAttribute(KEY);
        if (looks == null) {
            looks = new LinkedHashMap<>();
            request.setAttribute(KEY, looks);
        }
        return looks;
    }
}
