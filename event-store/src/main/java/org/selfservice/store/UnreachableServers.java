package org.selfservice.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Unreachable;

/** Tells from a failure whether a server that the portal needs could not be reached. */
final class UnreachableServers implements Unreachable {
    /** SQLSTATE classes and codes of a connection that failed, and of a server that goes or comes (PostgreSQL, appendix A). */
    private static final Pattern GONE = Pattern.compile("08...|57P0[123]");

    /**
     * Nobody who asks knows all the drivers; this is what they throw when they find nothing, and what Axon Server says of a
     * process that went, or was the last of its role. What fails in such a process has other names.
     */
    private static final Pattern OTHERS_GONE = Pattern.compile(
            "com\\.mongodb\\.Mongo(?:Socket|Timeout|NotPrimary|NodeIsRecovering|ServerUnavailable)\\w*Exception"
                    + "|io\\.grpc\\.Status(?:Runtime)?Exception"
                    + "|org\\.axonframework\\.axonserver\\.connector\\.AxonServerException"
                    + "|org\\.axonframework\\.axonserver\\.connector\\.(?:command|query)\\.AxonServer\\w+DispatchException"
                    + "|org\\.axonframework\\.\\w+handling\\.NoHandlerFor\\w+Exception");

    @Override
    public boolean causes(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLException sql
                            && GONE.matcher(Objects.toString(sql.getSQLState(), ""))
                                    .matches()
                    || OTHERS_GONE.matcher(cause.getClass().getName()).matches()) {
                return true;
            }
        }
        return false;
    }
}
