package org.selfservice.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.selfservice.kernel.Unreachable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What failed before it reached a controller: the container hands it over here. */
@Controller
class ErrorPages implements ErrorController {
    private final Failures failures;
    private final Unreachable unreachable;

    ErrorPages(Failures failures, Unreachable unreachable) {
        this.failures = failures;
        this.unreachable = unreachable;
    }

    @RequestMapping("${server.error.path:/error}")
    Object error(HttpServletRequest request, HttpServletResponse response) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (unreachable.causes((Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION))) {
            status = HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            Outage.comeAgain(response);
        }
        return failures.show(Failure.of(status instanceof Integer code ? code : 404), request);
    }
}
