package org.selfservice.web.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.notification.Failure;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.web.notification.Carrier.NotCarried;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What a mail server may say at each step, over a socket. */
class MailTest {
    private ServerSocket socket;
    private volatile String toRecipient = "250 ok";
    private volatile String toText = "250 ok";

    @BeforeEach
    void start() throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
    }

    @Test
    void what_the_server_takes_is_sent() {
        mail().carry(Samples.message(Notice.DECIDED, "en", Via.EMAIL), "zoe@example.org");
    }

    @Test
    void an_address_that_the_server_does_not_know_is_dead_at_once_and_one_that_is_busy_is_tried_again() {
        toRecipient = "550 no such user zoe@example.org";
        assertFails(Failure.ADDRESS, 550, true);
        toRecipient = "451 try again later";
        assertFails(Failure.REFUSED, 451, false);
    }

    @Test
    void a_text_that_the_server_refuses_for_good_is_dead_at_once_and_one_that_it_cannot_store_now_is_tried_again() {
        toText = "554 no thank you zoe@example.org";
        assertFails(Failure.REJECTED, 554, true);
        toText = "452 no room";
        assertFails(Failure.REFUSED, 452, false);
    }

    @Test
    void a_server_that_is_away_is_tried_again() throws IOException {
        socket.close();
        assertFails(Failure.UNREACHABLE, null, false);
    }

    private void assertFails(Failure why, Integer reply, boolean isFinal) {
        assertThatExceptionOfType(NotCarried.class)
                .isThrownBy(() -> mail().carry(Samples.message(Notice.DECIDED, "en", Via.EMAIL), "zoe@example.org"))
                .satisfies(no -> {
                    assertThat(no.why()).isEqualTo(why);
                    assertThat(no.reply()).isEqualTo(reply);
                    assertThat(no.why().isFinal()).isEqualTo(isFinal);
                })
                .withMessageNotContaining("zoe@");
    }

    private Mail mail() {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("localhost");
        sender.setPort(socket.getLocalPort());
        return new Mail(sender, Samples.letters(), Samples.PORTAL, "portal@office.example");
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException closed) {
                // the test is over, or the client left
            }
        }
    }

    private void talk(Socket client) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        say(client, "220 ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("RCPT")) {
                say(client, toRecipient);
            } else if (line.equals("DATA")) {
                say(client, "354 go on");
                lines.lines().takeWhile(text -> !text.equals(".")).forEach(_ -> {});
                say(client, toText);
            } else {
                say(client, line.startsWith("QUIT") ? "221 bye" : "250 ok");
            }
        }
    }

    private static void say(Socket client, String line) {
        try {
            client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
