package org.selfservice.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.selfservice.kernel.RefusalCode;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Shows a failure: as problem+json (RFC 9457) to programs, as a page to people. Both carry the reference. */
@Component
class Failures {
    /** The code says more than the status, and needs no address (RFC 9457, section 4.2.1). */
    private static final URI ABOUT_NOTHING_MORE = URI.create("about:blank");

    private static final Set<Integer> TITLES = Set.of(400, 401, 403, 404, 409, 410, 413, 422, 500, 503);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final MessageSource messages;
    private final Refusals refusals;

    Failures(MessageSource messages, Refusals refusals) {
        this.messages = messages;
        this.refusals = refusals;
    }

    /** What a handler of Spring MVC may return. */
    Object show(Failure failure, HttpServletRequest request) {
        return isForProgram(request) ? problem(failure, request) : page(failure, request);
    }

    ResponseEntity<ProblemDetail> problem(Failure failure, HttpServletRequest request) {
        ProblemDetail problem = ProblemDetail.forStatus(failure.status());
        HttpStatus known = HttpStatus.resolve(failure.status());
        problem.setTitle(known == null ? "Error" : known.getReasonPhrase());
        problem.setDetail(text(failure, RequestContextUtils.getLocale(request)));
        problem.setType(ABOUT_NOTHING_MORE);
        problem.setInstance(URI.create(address(request)));
        problem.setProperty("code", failure.code());
        problem.setProperty("reference", Correlation.current());
        if (!failure.details().isEmpty()) {
            problem.setProperty("details", failure.details());
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(failure.status());
        if (failure.code().equals(RefusalCode.CHANGED_SINCE_READ.name())
                && failure.details().containsKey("sequence")) {
            answer.eTag(Versions.tag(Long.parseLong(failure.details().get("sequence"))));
        }
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(problem);
    }

    private ModelAndView page(Failure failure, HttpServletRequest request) {
        ModelAndView page = new ModelAndView("problem/problem");
        page.setStatus(HttpStatusCode.valueOf(failure.status()));
        page.addObject("title", "failure.title." + title(failure.status()));
        page.addObject("text", text(failure, RequestContextUtils.getLocale(request)));
        page.addObject("saved", saved(failure, request));
        page.addObject("reference", Correlation.current());
        return page;
    }

    /** In place of a page that is not found since the views do not know yet what its reader has done. */
    ModelAndView notShownYet(HttpServletRequest request) {
        ModelAndView page = new ModelAndView("problem/behind");
        page.setStatus(HttpStatus.ACCEPTED);
        page.addObject("again", request.getRequestURI());
        return page;
    }

    private static int title(int status) {
        return TITLES.contains(status) ? status : status >= 500 ? 500 : 400;
    }

    private String text(Failure failure, Locale locale) {
        if (failure.refusal() != null && !failure.refusal().details().isEmpty()
                || failure.refusal() != null && failure.status() != 400) {
            return refusals.text(failure.refusal(), locale);
        }
        String general = "failure.text." + title(failure.status());
        return messages.getMessage(
                "failure.text." + failure.status(), null, messages.getMessage(general, null, locale), locale);
    }

    private static String saved(Failure failure, HttpServletRequest request) {
        // what the container hands over comes as a GET (Jakarta Servlet 6.1, section 10.9)
        Object failed = request.getAttribute(RequestDispatcher.ERROR_METHOD);
        if (READING.contains(failed == null ? request.getMethod() : failed.toString())) {
            return "failure.saved.kept";
        }
        if (failure.status() == 503) {
            return "failure.saved.again";
        }
        return failure.status() >= 500 ? "failure.saved.unsure" : "failure.saved.refused";
    }

    /** Of the request that failed, also while the container has it at its own address of errors. */
    private static String address(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return failed == null ? request.getRequestURI() : failed.toString();
    }

    static boolean isForProgram(HttpServletRequest request) {
        if (address(request).startsWith(request.getContextPath() + "/api/")) {
            return true;
        }
        List<MediaType> accepted;
        try {
            accepted = MediaType.parseMediaTypes(request.getHeader(HttpHeaders.ACCEPT));
        } catch (RuntimeException unreadable) {
            return false;
        }
        return accepted.stream().noneMatch(type -> type.includes(MediaType.TEXT_HTML) && !type.isWildcardType())
                && accepted.stream()
                        .anyMatch(type -> type.getSubtype().equals("json")
                                || type.getSubtype().endsWith("+json"));
    }
}
