package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.BindException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.CannotStart;
import org.springframework.boot.web.server.PortInUseException;

class OptionsTest {

    @Test
    void without_options_it_is_a_demonstration_on_two_ports() {
        Options options = parse();
        assertThat(options.demo()).isTrue();
        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.idpPort()).isEqualTo(9000);
    }

    @Test
    void options_take_their_value_behind_a_sign_or_a_space() {
        Options options = parse("--port=81", "--idp-port", "91", "--no-demo", "--portal.roles=web");
        assertThat(options.port()).isEqualTo(81);
        assertThat(options.idpPort()).isEqualTo(91);
        assertThat(options.demo()).isFalse();
        assertThat(options.properties()).containsExactly("--portal.roles=web");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nodemo",
                "run",
                "--port=x",
                "--port=70000",
                "--port=-1",
                "--port",
                "--debug",
                "-v",
                "--rehearse=",
                "--rehearse=-1"
            })
    void what_is_no_option_is_said(String argument) {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> parse(argument))
                .withMessageContaining("--");
    }

    @Test
    void a_rehearsal_takes_a_number_of_people_where_there_is_a_demonstration() {
        assertThat(parse().rehearsal()).isFalse();
        assertThat(parse("--rehearse").rehearsal()).isTrue();
        assertThat(parse("--rehearse", "--no-demo").crowd()).isZero();
        assertThat(parse("--rehearse=7").crowd()).isEqualTo(7);
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> parse("--no-demo", "--rehearse=7"))
                .withMessageContaining("without it, --rehearse takes no number");
    }

    @Test
    void obstacles_are_told_in_one_line() {
        assertThat(Obstacle.line(new IllegalStateException(new CannotStart("No disk."))))
                .isEqualTo("No disk.");
        assertThat(Obstacle.line(new IllegalStateException(new PortInUseException(8080))))
                .contains("8080", "--port")
                .doesNotContain("\n");
        assertThat(Obstacle.line(new RuntimeException(new BindException("in use"))))
                .contains("--port");
        assertThat(Obstacle.line(new IllegalStateException("a mistake in the code")))
                .isNull();
    }

    private static Options parse(String... arguments) {
        return Options.parse(arguments, "data");
    }
}
