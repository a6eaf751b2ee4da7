package org.selfservice;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.selfservice.idp.DemoIdentityProvider;

/**
 * A portal of a test's own, where the one that all share would be set up otherwise. It writes into the log of the shared one,
 * which is started first: how that is set up belongs to a whole process.
 */
public final class OwnPortal implements AutoCloseable {
    private final Launch launch;

    private OwnPortal(Launch launch) {
        this.launch = launch;
    }

    /** @param properties as on the command line */
    public static OwnPortal with(List<String> properties) {
        return start(folder(), "--no-demo", properties);
    }

    /** With programs and people to try it. */
    public static OwnPortal demonstrated(List<String> properties) {
        return demonstrated(folder(), properties);
    }

    /** The same in a folder that may have been another portal's before. */
    public static OwnPortal demonstrated(Path home, List<String> properties) {
        return start(home, "--idp-port=0", properties);
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(PortalUnderTest.LOG.getParent()), "own-portal-");
        } catch (IOException cannot) {
            throw new AssertionError(cannot);
        }
    }

    private static OwnPortal start(Path home, String demonstration, List<String> properties) {
        PortalUnderTest.address();
        List<String> options = new ArrayList<>(List.of(
                "--port=0",
                demonstration,
                "--portal.store.binaries=" + Path.of("target", "postgres").toAbsolutePath()));
        options.addAll(properties);
        return new OwnPortal(Launch.of(
                Options.parse(
                        options.toArray(String[]::new), home.toAbsolutePath().toString()),
                PortalUnderTest::withoutTests));
    }

    public URI address() {
        return launch.address();
    }

    public DemoIdentityProvider identities() {
        return Objects.requireNonNull(launch.idp());
    }

    /** What health says of one part. */
    public String part(String name) {
        return visitor()
                .with("Accept", "application/json")
                .look("/actuator/health/details")
                .json()
                .path("components")
                .path(name)
                .path("status")
                .asString();
    }

    public Object bean(String name) {
        return launch.context().getBean(name);
    }

    /** Its data folder. */
    public Path home() {
        return launch.home();
    }

    public Visitor visitor() {
        return new Visitor(address());
    }

    /** How much was logged so far. */
    public static long logged() {
        return PortalUnderTest.LOG.toFile().length();
    }

    /** What was logged since. */
    public static String logged(long since) {
        try {
            byte[] all = Files.readAllBytes(PortalUnderTest.LOG);
            return new String(all, (int) since, all.length - (int) since, StandardCharsets.UTF_8);
        } catch (IOException cannot) {
            throw new AssertionError(cannot);
        }
    }

    @Override
    public void close() {
        launch.close();
    }
}
