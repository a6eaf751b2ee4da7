package org.selfservice.web;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers the registrant who is signed in, as {@code SignedIn} or {@code Optional<SignedIn>}. */
final class SignedInArguments implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.nestedIfOptional().getNestedParameterType() == SignedIn.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Optional<SignedIn> signedIn = current();
        if (parameter.isOptional()) {
            return signedIn;
        }
        return signedIn.orElseThrow(() -> new AuthenticationCredentialsNotFoundException("nobody is signed in"));
    }

    static Optional<SignedIn> current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof Registrant who)) {
            return Optional.empty();
        }
        return Optional.of(new SignedIn(
                who.registrant(),
                who.displayName(),
                who.provider(),
                who.evidence(),
                Objects.requireNonNullElseGet(
                        who.language(), () -> LocaleContextHolder.getLocale().getLanguage()),
                who.behalf()));
    }
}
