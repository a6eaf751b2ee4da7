package org.selfservice;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/**
 * Health is anybody's to ask; metrics and details only the operators', told by the network from which they come. A proxy
 * adds headers, so what came through one is never taken for the machine itself.
 */
@Configuration(proxyBeanMethods = false)
class Management {
    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    @Bean
    @Order(1)
    SecurityFilterChain management(HttpSecurity http, @Value("${portal.management.networks}") List<String> networks)
            throws Exception {
        List<IpAddressMatcher> operators =
                networks.stream().map(String::strip).map(IpAddressMatcher::new).toList();
        return http.securityMatcher("/actuator/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")
                        .permitAll()
                        .anyRequest()
                        .access((who, context) -> new AuthorizationDecision(isFrom(operators, context.getRequest()))))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(handling ->
                        handling.authenticationEntryPoint((request, response, unknown) -> response.sendError(403)))
                .csrf(CsrfConfigurer::disable)
                .build();
    }

    /** A process without pages has nothing else to show. */
    @Bean
    @Order(100)
    @ConditionalOnBooleanProperty(name = "portal.role.web", havingValue = false)
    SecurityFilterChain nothingElse(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    /** Asks the request as it arrived: filters in between put the words of headers into it. */
    private static boolean isFrom(List<IpAddressMatcher> networks, HttpServletRequest request) {
        ServletRequest arrived = request;
        while (arrived instanceof ServletRequestWrapper wrapper) {
            arrived = wrapper.getRequest();
        }
        HttpServletRequest http = (HttpServletRequest) arrived;
        return FORWARDED.stream().allMatch(header -> http.getHeader(header) == null)
                && networks.stream().anyMatch(network -> network.matches(http.getRemoteAddr()));
    }
}
