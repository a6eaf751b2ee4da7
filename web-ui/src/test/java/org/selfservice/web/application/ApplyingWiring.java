package org.selfservice.web.application;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.nullable;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.Refused;
import org.selfservice.web.AnyProof;
import org.selfservice.web.Portal;
import org.selfservice.web.Proofs;
import org.selfservice.web.Refusals;
import org.selfservice.web.SignedIn;
import org.selfservice.web.document.MemoryKeys;
import org.selfservice.web.form.Questions;
import org.selfservice.web.notification.Channels;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The applying pages before what {@link ApplyingAlone} remembers. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        basePackageClasses = {OwnApplications.class, Questions.class},
        excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.(staff|duplicates)\\..*"))
@Import({Refusals.class, Channels.class})
class ApplyingWiring implements WebMvcConfigurer {
    @Bean
    Proofs proofs() {
        return new AnyProof();
    }

    @Bean
    Portal portal() {
        Portal portal = mock(Portal.class);
        when(portal.send(any(Command.class))).thenAnswer(call -> ApplyingAlone.MEMORY.send(call.getArgument(0)));
        when(portal.send(any(Command.class), nullable(Author.class)))
                .thenAnswer(call -> ApplyingAlone.MEMORY.send(call.getArgument(0)));
        when(portal.ask(any(Query.class))).thenAnswer(call -> ApplyingAlone.MEMORY.answer(call.getArgument(0)));
        when(portal.ask(any(Query.class), any(Predicate.class)))
                .thenAnswer(call -> ApplyingAlone.MEMORY.answer(call.getArgument(0)));
        return portal;
    }

    @Bean
    Clock clock() {
        return Clock.fixed(ApplyingAlone.NOW, ZoneOffset.UTC);
    }

    @Bean
    Keys keys() {
        return new MemoryKeys();
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new HandlerMethodArgumentResolver() {
            @Override
            public boolean supportsParameter(MethodParameter parameter) {
                return parameter.getParameterType() == SignedIn.class;
            }

            @Override
            public Object resolveArgument(
                    MethodParameter parameter,
                    @Nullable ModelAndViewContainer container,
                    NativeWebRequest request,
                    @Nullable WebDataBinderFactory binders) {
                return new SignedIn(
                        ApplyingAlone.signedIn,
                        "Lena",
                        "national",
                        new Author.Evidence("https://id.example", null, null),
                        "en",
                        null);
            }
        });
    }

    /** What the portal's own advice says in a page. */
    @ControllerAdvice
    static class Codes {
        @ExceptionHandler
        ResponseEntity<String> refused(Refused refused) {
            return ResponseEntity.status(HttpStatus.valueOf(refused.code().status()))
                    .body(refused.code().name());
        }
    }
}
