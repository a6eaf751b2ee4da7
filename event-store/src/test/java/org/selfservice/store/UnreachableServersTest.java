package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.ErrorCode;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnreachableServersTest {
    private final UnreachableServers unreachable = new UnreachableServers();

    static Throwable[] away() {
        return new Throwable[] {
            new SQLTransientConnectionException("no connection within 3 s"),
            new SQLException("the server ends", "57P01"),
            new SQLException("connection lost", "08006"),
            Status.UNAVAILABLE.asRuntimeException(),
            ErrorCode.getFromCode("AXONIQ-9999").convert(new IllegalStateException("connection to handler lost")),
            new NoHandlerForCommandException("no process with the role command"),
            new NoHandlerForQueryException("no process with the role query")
        };
    }

    @ParameterizedTest
    @MethodSource("away")
    void what_is_away_is_known_however_deep_it_is_named(Throwable cause) {
        assertThat(unreachable.causes(cause)).isTrue();
        assertThat(unreachable.causes(new IllegalStateException("outside", new IllegalStateException(cause))))
                .isTrue();
    }

    @Test
    void a_mistake_is_no_outage() {
        assertThat(unreachable.causes(null)).isFalse();
        assertThat(unreachable.causes(new NullPointerException())).isFalse();
        assertThat(unreachable.causes(new SQLException("duplicate key", "23505")))
                .isFalse();
        assertThat(unreachable.causes(new CommandExecutionException("failed there", null)))
                .isFalse();
        assertThat(ErrorCode.COMMAND_EXECUTION_ERROR.convert(new IllegalStateException("failed there")))
                .isNotInstanceOf(AxonServerException.class)
                .matches(failure -> !unreachable.causes(failure));
    }
}
