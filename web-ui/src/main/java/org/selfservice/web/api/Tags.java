package org.selfservice.web.api;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentLine;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Versions;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Says with each answer about one stream at which version it is: what a command may name in {@code If-Match}. */
@ControllerAdvice(basePackageClasses = Tags.class)
class Tags implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        long sequence = sequence(body);
        if (sequence >= 0) {
            response.getHeaders().setETag(Versions.tag(sequence));
        }
        return body;
    }

    private static long sequence(@Nullable Object body) {
        return switch (body) {
            case Position position -> position.sequence();
            case ProgramDetails program -> program.sequence();
            case FormFile form -> form.sequence();
            case CaseFile file -> file.sequence();
            case EnrolmentEndpoints.EnrolmentFile enrolment -> enrolment.sequence();
            case EnrolmentLine line -> line.sequence();
            case null, default -> -1;
        };
    }
}
