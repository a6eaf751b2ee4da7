package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.CannotStart;

/** {@code ./portal replay} at the machine where the portal runs. */
class OperatorStory extends PortalUnderTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void a_view_is_replayed_compared_and_made_live_from_the_terminal() {
        assertThat(replay("form-version", false, false)).isZero();
        assertThat(said())
                .contains("Compared with the live view: ", " are the same, 0 differ.")
                .endsWith("Make it live: ./portal replay form-version --swap. Throw it away: ./portal replay"
                        + " form-version --stop.\n");
        assertThat(replay("", false, false)).isZero();
        assertThat(said()).containsPattern("form-version +\\d+ documents, \\d+ events behind, replay compared");

        assertThat(replay("form-version", true, false)).isZero();
        assertThat(said()).endsWith("The replayed view form-version is live.\n");
    }

    @Test
    void what_was_replayed_can_be_thrown_away() {
        assertThat(replay("form", false, false)).isZero();
        assertThat(replay("form", false, true)).isZero();
        assertThat(said()).endsWith("Stopped. The live view stays as it is.\n");

        assertThatThrownBy(() -> replay("form", false, true))
                .isInstanceOf(CannotStart.class)
                .hasMessage("There is no replay of form to stop.");
    }

    @Test
    void what_does_not_exist_or_does_not_answer_is_said_in_one_line() throws IOException {
        assertThatThrownBy(() -> replay("nothing", false, false))
                .hasMessage("There is no view nothing; ./portal replay lists them.");
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        assertThatThrownBy(() ->
                        new Operator(nobody, new PrintStream(said)).replay(new Options.Replay("form", false, false)))
                .hasMessageStartingWith("No portal answers at http://localhost:" + nobody);
    }

    @Test
    void a_page_of_another_site_cannot_order_it() {
        Visitor.Answer form = visitor()
                .exchange(visitor()
                        .request("/actuator/views/form")
                        .setHeader("Content-Type", "application/x-www-form-urlencoded")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("wanted=replay")));
        assertThat(form.status()).isEqualTo(415);
        assertThat(visitor()
                        .with("X-Forwarded-For", "127.0.0.1")
                        .look("/actuator/views")
                        .status())
                .isEqualTo(403);
    }

    private int replay(String view, boolean swap, boolean stop) {
        said.reset();
        return new Operator(address().getPort(), new PrintStream(said, true, StandardCharsets.UTF_8))
                .replay(new Options.Replay(view, swap, stop));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
