package org.selfservice.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.Unreachable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/** The one translation of refusals and mishaps to HTTP. Nobody ever sees a stack trace or an exception's text. */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class RefusalAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalAdvice.class);

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");

    private final Failures failures;
    private final Unreachable unreachable;

    RefusalAdvice(Failures failures, Unreachable unreachable) {
        this.failures = failures;
        this.unreachable = unreachable;
    }

    @ExceptionHandler
    Object refused(Refused no, HttpServletRequest request, HttpServletResponse response) {
        if (no.code() == RefusalCode.UNAVAILABLE) {
            LOG.warn("{} {} could not reach what it needs", request.getMethod(), pattern(request));
            Outage.comeAgain(response);
        }
        if (no.code() == RefusalCode.NOT_FOUND && Behind.is(request)) {
            Behind.again(request, response);
            return failures.notShownYet(request);
        }
        return failures.show(Failure.of(no.refusal()), request);
    }

    /** Security decides between a page, a redirection to sign-in and a status. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void security(RuntimeException notAllowed) {
        throw notAllowed;
    }

    /** A page's address with an id that cannot be one leads nowhere; to a program, and elsewhere, the value is wrong. */
    @ExceptionHandler
    Object mismatch(TypeMismatchException wrong, HttpServletRequest request) {
        if (wrong instanceof MethodArgumentTypeMismatchException argument) {
            boolean isAddress = argument.getParameter().hasParameterAnnotation(PathVariable.class);
            return isAddress && !Failures.isForProgram(request)
                    ? failures.show(Failure.of(RefusalCode.NOT_FOUND, Map.of()), request)
                    : failures.show(invalid(argument.getName()), request);
        }
        return failures.show(invalid(wrong.getPropertyName()), request);
    }

    @ExceptionHandler({MethodArgumentNotValidException.class, BindException.class})
    Object notValid(BindException wrong, HttpServletRequest request) {
        String field =
                wrong.getFieldError() == null ? null : wrong.getFieldError().getField();
        return failures.show(invalid(field), request);
    }

    @ExceptionHandler
    Object unreadable(HttpMessageNotReadableException wrong, HttpServletRequest request, HttpServletResponse response) {
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused && !(wrong.getCause() instanceof DatabindException)) {
                return refused(refused, request, response);
            }
        }
        return failures.show(invalid(wrong.getCause() instanceof DatabindException json ? path(json) : null), request);
    }

    @ExceptionHandler
    Object tooLarge(MaxUploadSizeExceededException large, HttpServletRequest request) {
        return failures.show(Failure.of(RefusalCode.DOCUMENT_TOO_LARGE, Map.of()), request);
    }

    /** The browser went away; there is nobody to answer. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, ClientAbortException.class})
    void gone(IOException nobody, HttpServletResponse unused) {
        LOG.debug("the client went away");
    }

    @ExceptionHandler
    Object failed(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        if (failure instanceof MissingServletRequestParameterException missing) {
            return failures.show(invalid(missing.getParameterName()), request);
        }
        if (failure instanceof ErrorResponse known) {
            // such as Allow, which a 405 must have (RFC 9110, section 15.5.6)
            known.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            return failures.show(Failure.of(known.getStatusCode().value()), request);
        }
        if (unreachable.causes(failure)) {
            LOG.warn("{} {} could not reach what it needs", request.getMethod(), pattern(request));
            Outage.comeAgain(response);
            return failures.show(Failure.of(503), request);
        }
        LOG.error("{} {} failed", request.getMethod(), pattern(request), WithoutText.of(failure));
        return failures.show(Failure.of(500), request);
    }

    private static Failure invalid(@Nullable String field) {
        return Failure.of(RefusalCode.INVALID, field == null || field.isEmpty() ? Map.of() : Map.of("field", field));
    }

    /** Where in the body the mistake is, such as {@code profile.name}. A name that is none of ours could be anything. */
    static String path(DatabindException json) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : json.getPath()) {
            if (step.getIndex() >= 0) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                String name = Objects.toString(step.getPropertyName(), "");
                path.append(path.isEmpty() ? "" : ".").append(NAME.matcher(name).matches() ? name : "?");
            }
        }
        return path.toString();
    }

    /** The mapping and not the address, which may hold an id. */
    private static String pattern(HttpServletRequest request) {
        return Objects.toString(
                request.getAttribute("org.springframework.web.servlet.HandlerMapping.bestMatchingPattern"),
                "a request");
    }
}
