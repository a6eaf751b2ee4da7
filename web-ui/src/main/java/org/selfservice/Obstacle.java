package org.selfservice;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/** What keeps the portal from starting and is nobody's mistake in the code: one line, no stack trace. */
public final class Obstacle implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        return say(failure);
    }

    /** @return whether there was something to say */
    static boolean say(Throwable failure) {
        String line = line(failure);
        if (line != null) {
            System.err.println("The portal cannot start: " + line);
        }
        return line != null;
    }

    static @Nullable String line(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStart known) {
                return known.getMessage();
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case BindException misread -> {
                    return Misread.line(misread);
                }
                case PortInUseException taken -> {
                    return "Port " + taken.getPort()
                            + " is in use by another program. Choose another: --port for the portal, --idp-port for the demonstration identity provider.";
                }
                case java.net.BindException taken -> {
                    return "A port is in use by another program (" + taken.getMessage()
                            + "). Choose another: --port for the portal, --idp-port for the demonstration identity provider.";
                }
                default -> {
                    // perhaps its cause says more
                }
            }
        }
        return null;
    }
}
