package org.selfservice.web.identity;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A provider says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0): their sessions here are over. */
@RestController
class BackChannelLogout {
    static final String ADDRESS = "/logout/connect/back-channel/";
    private static final Logger LOG = LoggerFactory.getLogger(BackChannelLogout.class);

    private final Providers providers;
    private final LogoutTokens tokens;
    private final LoginSessions sessions;

    BackChannelLogout(Providers providers, LogoutTokens tokens, LoginSessions sessions) {
        this.providers = providers;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    @PostMapping(path = ADDRESS + "{provider}", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Map<String, String>> end(
            @PathVariable String provider, @RequestParam(name = "logout_token", defaultValue = "") String token) {
        if (providers.settings(provider) == null) {
            return answer(HttpStatus.NOT_FOUND, Map.of());
        }
        try {
            ClientRegistration registration = providers.findByRegistrationId(provider);
            if (registration == null) {
                return answer(HttpStatus.NOT_FOUND, Map.of());
            }
            Jwt logout = tokens.read(registration, token);
            int ended =
                    sessions.end(logout.getClaimAsString("iss"), logout.getSubject(), logout.getClaimAsString("sid"));
            LOG.info("provider {} ended {} sessions, or help in them", provider, ended);
            return answer(HttpStatus.OK, Map.of());
        } catch (JwtException | AuthenticationException refused) {
            LOG.info("a logout token of provider {} is refused: {}", provider, refused.getMessage());
            return answer(HttpStatus.BAD_REQUEST, Map.of("error", "invalid_request"));
        }
    }

    private static ResponseEntity<Map<String, String>> answer(HttpStatus status, Map<String, String> body) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
