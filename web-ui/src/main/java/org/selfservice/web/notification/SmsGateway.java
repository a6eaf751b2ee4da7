package org.selfservice.web.notification;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.notification.Failure;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import tools.jackson.databind.json.JsonMapper;

/** SMS by a gateway over HTTP: a JSON object with {@code to} and {@code text}, and a key by which it knows what it had before. */
final class SmsGateway implements Carrier {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Letters letters;
    private final URI portal;
    private final URI gateway;
    private final @Nullable String token;

    SmsGateway(Letters letters, URI portal, URI gateway, @Nullable String token) {
        this.letters = letters;
        this.portal = portal;
        this.gateway = gateway;
        this.token = token;
    }

    @Override
    public Via channel() {
        return Via.SMS;
    }

    @Override
    public void carry(Message message, String address) {
        String body =
                JsonMapper.shared().writeValueAsString(Map.of("to", address, "text", letters.sms(message, portal)));
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", message.cause())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        int status = status(request.build());
        if (status / 100 != 2) {
            throw new NotCarried(
                    switch (status) {
                        case 401, 403 -> Failure.LOGIN;
                        case 400, 422 -> Failure.ADDRESS;
                        default -> Failure.REFUSED;
                    },
                    status);
        }
    }

    private int status(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException away) {
            throw new NotCarried(Failure.UNREACHABLE, null);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new NotCarried(Failure.UNREACHABLE, null);
        }
    }
}
