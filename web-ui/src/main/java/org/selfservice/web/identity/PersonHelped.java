package org.selfservice.web.identity;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.page.Company;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Says in the layout for whom whoever is signed in acts. */
@Component
class PersonHelped implements Company {

    @Override
    public @Nullable Person getPerson() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return null;
        }
        HttpServletRequest request = attributes.getRequest();
        Acting acting = Acting.in(request.getSession(false));
        if (acting == null) {
            return null;
        }
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String address = failed == null ? request.getRequestURI() : failed.toString();
        return new Person(
                Acting.shortName(acting.displayName()),
                acting instanceof Acting.Assisted,
                !ActingGate.isOwn(address.substring(request.getContextPath().length())));
    }
}
