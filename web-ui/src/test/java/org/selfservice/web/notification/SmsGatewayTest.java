package org.selfservice.web.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.notification.Failure;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.web.notification.Carrier.NotCarried;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SmsGatewayTest {
    private static final Message MESSAGE = Samples.message(Notice.DECIDED, "fr", Via.SMS);

    private final List<String> requests = new ArrayList<>();
    private int status = 202;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/send", exchange -> {
            requests.add(exchange.getRequestHeaders().getFirst("Authorization"));
            requests.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void the_gateway_gets_number_and_text_and_the_same_key_each_time() {
        gateway().carry(MESSAGE, "+12025550112");
        gateway().carry(MESSAGE, "+12025550112");

        assertThat(requests).hasSize(6);
        assertThat(requests.subList(0, 2)).containsExactly("Bearer secret", "e-1");
        assertThat(requests.get(4)).isEqualTo("e-1");
        JsonNode json = JsonMapper.shared().readTree(requests.get(2));
        assertThat(json.get("to").asString()).isEqualTo("+12025550112");
        assertThat(json.get("text").asString())
                .startsWith("Une décision a été prise")
                .endsWith("/applications/a-0000000000000000000000");
    }

    @Test
    void what_the_gateway_says_is_told_apart() {
        assertThat(failure(401)).isEqualTo(Failure.LOGIN);
        assertThat(failure(422)).isEqualTo(Failure.ADDRESS);
        assertThat(failure(503)).isEqualTo(Failure.REFUSED);
        server.stop(0);
        assertThat(failure(0)).isEqualTo(Failure.UNREACHABLE);
    }

    private Failure failure(int answered) {
        status = answered;
        NotCarried[] thrown = new NotCarried[1];
        assertThatExceptionOfType(NotCarried.class)
                .isThrownBy(() -> gateway().carry(MESSAGE, "+12025550112"))
                .satisfies(no -> thrown[0] = no)
                .withMessageNotContaining("+1202");
        return thrown[0].why();
    }

    private SmsGateway gateway() {
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/send");
        return new SmsGateway(Samples.letters(), Samples.PORTAL, address, "secret");
    }
}
