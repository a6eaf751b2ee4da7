package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.registrant.Permission;
import org.selfservice.web.Behalf;
import org.selfservice.web.Registrant;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Pages that nobody opens for somebody else. The command side says no on its own; here nothing is shown either. */
@Configuration(proxyBeanMethods = false)
class InPerson implements WebMvcConfigurer, HandlerInterceptor {
    private static final Pattern NOT_FOR_OFFICERS =
            Pattern.compile("/me/(erase|download|delegates|consents|ids)(/.*)?");
    private static final Pattern NOT_FOR_DELEGATES = Pattern.compile("/me(/.*)?");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Behalf behalf = behalf();
        if (behalf == null) {
            return true;
        }
        String path = request.getRequestURI().substring(request.getContextPath().length());
        Pattern not = behalf.isOfficer() ? NOT_FOR_OFFICERS : NOT_FOR_DELEGATES;
        if (not.matcher(path).matches()) {
            throw new Refused(RefusalCode.ONLY_IN_PERSON);
        }
        if (behalf.permission() == Permission.SEE && !READING.contains(request.getMethod())) {
            throw new Refused(RefusalCode.NOT_DELEGATED);
        }
        return true;
    }

    private static @Nullable Behalf behalf() {
        Authentication now = SecurityContextHolder.getContext().getAuthentication();
        return now != null && now.getPrincipal() instanceof Registrant registrant ? registrant.behalf() : null;
    }
}
