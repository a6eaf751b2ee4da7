package org.selfservice.web.identity;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.Audience;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The configured providers. Each is looked up when it is first needed, so that one that is down does not stop the portal. */
@Component
class Providers implements ClientRegistrationRepository {
    static final String UNREACHABLE = "provider_unreachable";
    /** A page that only says how a provider is waits no longer for it. */
    private static final Duration GLANCE = Duration.ofMillis(800);

    private final LoginSettings settings;
    private final RestClient http;
    private final Map<String, Known> known = new LinkedHashMap<>();

    private record Known(Checked checked, Lookup lookup) {}

    /** @throws org.selfservice.kernel.CannotStart when a setting cannot work */
    Providers(LoginSettings settings, Clock clock) {
        this.settings = settings;
        SettingsCheck.patience(settings.patience());
        this.http = ProviderCalls.within(settings.patience()).build();
        settings.providers().forEach((id, provider) -> {
            Checked checked = SettingsCheck.of(id, provider, clock);
            known.put(id, new Known(checked, new Lookup(id, provider, http, clock)));
        });
    }

    @Nullable
    Provider settings(String id) {
        return settings.providers().get(id);
    }

    Provider required(ClientRegistration registration) {
        return Objects.requireNonNull(settings.providers().get(registration.getRegistrationId()));
    }

    /** What was made of the provider's settings: its keys and its picture. */
    Checked checked(ClientRegistration registration) {
        return known(registration.getRegistrationId()).checked();
    }

    @Nullable
    String logo(String id) {
        return known(id).checked().logo();
    }

    /** How the portal calls providers. */
    RestClient http() {
        return http;
    }

    Lookup lookup(String id) {
        return known(id).lookup();
    }

    /** Those of them that answered lately; without waiting long for any. */
    Set<String> reachable(List<String> ids) {
        ids.forEach(id -> known(id).lookup().ask());
        long until = System.nanoTime() + GLANCE.toNanos();
        return ids.stream()
                .filter(id -> known(id).lookup().isReachable(Duration.ofNanos(until - System.nanoTime())))
                .collect(Collectors.toSet());
    }

    /** Ids of those for registrants, or for staff. */
    List<String> of(Audience audience) {
        return settings.providers().entrySet().stream()
                .filter(entry -> entry.getValue().audience() == audience)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What cannot be used is in the log from the start, not when it is needed first. Nobody waits for it. */
    @EventListener(ApplicationReadyEvent.class)
    void askAll() {
        known.values().forEach(one -> one.lookup().ask());
    }

    /** @throws OAuth2AuthenticationException with {@link #UNREACHABLE} when the provider does not answer */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        Known one = known.get(id);
        return one == null ? null : one.lookup().registration();
    }

    private Known known(String id) {
        return Objects.requireNonNull(known.get(id), () -> "no provider " + id);
    }
}
