package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.selfservice.kernel.program.ProgramGrant;
import org.selfservice.web.Granted;
import org.selfservice.web.Portal;
import org.selfservice.web.application.KeptAnswers;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may open what: pages by session, REST endpoints by bearer token or a staff member's session. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LoginSettings.class)
class Protection {
    private static final String CONTENT_POLICY = "Content-Security-Policy";
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
    private static final String PAGES = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'";
    /** Request parameter of sign-out. */
    private static final String EVERYWHERE = "everywhere";

    @Bean
    Attempts attempts(LoginSettings settings, Clock clock) {
        return new Attempts(settings.attempt(), clock);
    }

    @Bean
    OAuth2AuthorizedClientRepository noTokens() {
        return new NoTokens();
    }

    /** Providers come without a session; what they bring is checked by itself. */
    @Bean
    @Order(5)
    SecurityFilterChain providersCall(HttpSecurity http) throws Exception {
        headers(http, NOTHING);
        return http.securityMatcher(BackChannelLogout.ADDRESS + "*")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(RequestCacheConfigurer::disable)
                .build();
    }

    @Bean
    @Order(10)
    SecurityFilterChain endpoints(HttpSecurity http, BearerTokens tokens, LoginSettings settings, Clock clock)
            throws Exception {
        headers(http, NOTHING);
        return http.securityMatcher("/api/**")
                .authorizeHttpRequests(Protection::endpointRules)
                .oauth2ResourceServer(
                        server -> server.jwt(jwt -> jwt.decoder(tokens).jwtAuthenticationConverter(tokens))
                                .authenticationEntryPoint((request, response, unknown) -> refused(response, unknown))
                                .accessDeniedHandler((request, response, denied) -> denied(response)))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint((request, response, unknown) -> unknown(response))
                                .accessDeniedHandler((request, response, denied) -> denied(response)))
                .addFilterBefore(new SessionLimit(settings.absolute(), clock), AuthorizationFilter.class)
                .requestCache(RequestCacheConfigurer::disable)
                .build();
    }

    private static void refused(HttpServletResponse response, AuthenticationException why) throws IOException {
        if (why instanceof BearerTokens.IssuerAway) {
            response.setHeader("Retry-After", Long.toString(BearerTokens.ASKED_AGAIN_AFTER.toSeconds()));
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            unknown(response);
        }
    }

    private static void unknown(HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", "Bearer");
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }

    /** Whoever is nobody needs to say who they are, before anything is said of a token against forgery. */
    private static void denied(HttpServletResponse response) throws IOException {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null || caller instanceof AnonymousAuthenticationToken) {
            unknown(response);
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static void endpointRules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.requestMatchers("/api/openapi", "/api/openapi.yaml").permitAll();
        rules(requests, Access.TABLE);
        requests.anyRequest().denyAll();
    }

    private static void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            List<Access> table) {
        for (Access line : table) {
            RequestMatcher address = PathPatternRequestMatcher.pathPattern(line.pattern());
            requests.requestMatchers(
                            request -> line.isFor(HttpMethod.valueOf(request.getMethod())) && address.matches(request))
                    .access(allowed(line));
        }
    }

    /** Whoever has the line's roles for some programs only makes the request for these. */
    private static AuthorizationManager<RequestAuthorizationContext> allowed(Access line) {
        AuthorizationManager<RequestAuthorizationContext> authorities =
                AuthorityAuthorizationManager.hasAnyAuthority(line.authorities());
        return (caller, context) -> {
            Authentication who = caller.get();
            if (who != null && who.getPrincipal() instanceof PortalUser.Staff staff) {
                ProgramGrant grant = staff.grants().in(line.roles());
                if (grant != null) {
                    Granted.limit(context.getRequest(), grant);
                }
            }
            return authorities.authorize(caller, context);
        };
    }

    @Bean
    @Order(20)
    SecurityFilterChain pages(
            HttpSecurity http,
            Providers providers,
            Departures departures,
            Attempts attempts,
            TokenCall tokens,
            Arrivals arrivals,
            SignInOutcome outcome,
            OAuth2AuthorizedClientRepository noTokens,
            KeptAnswers answers,
            BesideLogin beside,
            PersonArrives arrives,
            SecondIds secondIds,
            Portal portal,
            LoginSettings settings,
            LoginSessions sessions,
            Clock clock)
            throws Exception {
        Gate gate = new Gate(answers);
        headers(http, PAGES);
        return http.authorizeHttpRequests(Protection::pageRules)
                .oauth2Login(login -> login.loginPage("/sign-in")
                        .clientRegistrationRepository(providers)
                        .authorizedClientRepository(noTokens)
                        .authorizationEndpoint(there ->
                                there.authorizationRequestResolver(departures).authorizationRequestRepository(attempts))
                        .tokenEndpoint(token -> token.accessTokenResponseClient(tokens))
                        .userInfoEndpoint(info -> info.oidcUserService(arrivals))
                        .successHandler(outcome)
                        .failureHandler(outcome)
                        .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                            @Override
                            public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                                filter.setAuthenticationFailureHandler(outcome);
                                return filter;
                            }
                        }))
                .logout(logout -> logout.logoutUrl("/sign-out")
                        .addLogoutHandler(everywhere(sessions))
                        .logoutSuccessHandler(goodbye(providers)))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(gate).accessDeniedHandler(gate))
                .addFilterBefore(new IssuerCheck(providers, attempts, outcome), OAuth2LoginAuthenticationFilter.class)
                .addFilterBefore(arrives.filter(beside), OAuth2LoginAuthenticationFilter.class)
                .addFilterBefore(secondIds.filter(beside, outcome), OAuth2LoginAuthenticationFilter.class)
                .addFilterBefore(new SessionLimit(settings.absolute(), clock), AuthorizationFilter.class)
                .addFilterBefore(new ActingGate(settings, portal, sessions::isHelped, clock), AuthorizationFilter.class)
                .requestCache(RequestCacheConfigurer::disable)
                .build();
    }

    private static void pageRules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.dispatcherTypeMatchers(jakarta.servlet.DispatcherType.ERROR, jakarta.servlet.DispatcherType.ASYNC)
                .permitAll();
        requests.requestMatchers(HttpMethod.GET, "/", "/programs", "/programs/**")
                .permitAll();
        requests.requestMatchers("/programs/*/eligibility", "/programs/*/eligibility/**")
                .permitAll();
        requests.requestMatchers(SignInPages.NOT_SHARED, SignInPages.CHANGED).hasAuthority(PortalUser.Person.AUTHORITY);
        requests.requestMatchers(
                        "/sign-in",
                        "/sign-in/**",
                        "/staff/sign-in",
                        "/help",
                        "/help/**",
                        "/accessibility",
                        "/privacy",
                        "/assets/**",
                        "/schemas/**",
                        "/favicon.ico",
                        "/robots.txt",
                        "/error",
                        Leaving.ADDRESS)
                .permitAll();
        rules(requests, Access.PAGES);
        requests.requestMatchers("/staff/**").denyAll();
        requests.anyRequest().hasAuthority(PortalUser.Person.AUTHORITY);
    }

    /** On other devices too, when the person wishes it: pages that are open there ask to sign in again. */
    private static LogoutHandler everywhere(LoginSessions sessions) {
        return (request, response, authentication) -> {
            if (request.getParameter(EVERYWHERE) != null
                    && authentication != null
                    && authentication.getPrincipal() instanceof PortalUser.Person person) {
                sessions.endAll(person.getName());
            }
        };
    }

    /** Signs out at the provider too, where it offers that and can be reached. */
    private static LogoutSuccessHandler goodbye(Providers providers) {
        OidcClientInitiatedLogoutSuccessHandler everywhere = new OidcClientInitiatedLogoutSuccessHandler(providers);
        everywhere.setPostLogoutRedirectUri("{baseUrl}/");
        RedirectStrategy within = new DefaultRedirectStrategy();
        everywhere.setRedirectStrategy((request, response, address) -> {
            if (address.startsWith("/")) {
                within.sendRedirect(request, response, address);
            } else {
                Leaving.to(address, request, response);
            }
        });
        return (request, response, authentication) -> {
            try {
                everywhere.onLogoutSuccess(request, response, authentication);
            } catch (OAuth2AuthenticationException unreachable) {
                response.sendRedirect(request.getContextPath() + "/");
            }
        };
    }

    private static void headers(HttpSecurity http, String contentPolicy) {
        http.headers(headers -> headers.addHeaderWriter((request, response) -> {
                    if (!response.containsHeader(CONTENT_POLICY)) {
                        response.setHeader(CONTENT_POLICY, contentPolicy);
                    }
                })
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(self), geolocation=(), microphone=(), payment=()")));
    }
}
