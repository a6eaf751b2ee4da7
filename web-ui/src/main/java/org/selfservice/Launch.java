package org.selfservice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.selfservice.idp.DemoIdentityProvider;
import org.selfservice.idp.Person;
import org.selfservice.idp.Settings;
import org.selfservice.idp.Staff;
import org.selfservice.kernel.CannotStart;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * A portal that runs, with its demonstration identity provider unless it was asked to do without.
 *
 * @param idp null when it does without
 */
record Launch(
        ConfigurableApplicationContext context, @Nullable DemoIdentityProvider idp, Path home)
        implements AutoCloseable {

    /** @throws CannotStart or what Spring Boot has logged already */
    static Launch of(Options options, ApplicationContextInitializer<?>... more) {
        writable(options.home());
        boolean demo = options.demo() && isWeb(options);
        int port = free(options.port(), "--port");
        int idpPort = demo ? free(options.idpPort(), "--idp-port") : 0;
        List<String> arguments = arguments(options, port, idpPort);

        // both take seconds to start, and neither needs the other for it
        CompletableFuture<DemoIdentityProvider> idp = demo
                ? CompletableFuture.supplyAsync(
                        () -> identities(options.home(), port, idpPort),
                        // threads of the common pool do not know the classes inside the jar
                        task -> Thread.ofPlatform().name("demo-idp").start(task))
                : new CompletableFuture<>();
        try {
            SpringApplication application = new SpringApplication(PortalApplication.class);
            application.addInitializers(more);
            ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new));
            if (!demo) {
                return new Launch(context, null, options.home());
            }
            try {
                DemoIdentityProvider provider = idp.join();
                context.addApplicationListener((ApplicationListener<ContextClosedEvent>) closed -> provider.close());
                return new Launch(context, provider, options.home());
            } catch (CompletionException failure) {
                context.close();
                throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
            }
        } catch (RuntimeException failure) {
            idp.thenAccept(DemoIdentityProvider::close);
            throw failure;
        }
    }

    /** For Spring Boot. */
    static List<String> arguments(Options options, int port, int idpPort) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--spring.config.additional-location=optional:file:"
                + options.home().resolve("portal.yaml"));
        arguments.add("--server.port=" + port);
        arguments.add("--portal.home=" + options.home());
        if (options.demo() && isWeb(options)) {
            arguments.add("--spring.profiles.include=demo");
            arguments.add("--portal.demo=true");
            arguments.add("--portal.demo-issuer=http://localhost:" + idpPort);
        }
        arguments.addAll(options.properties());
        return arguments;
    }

    int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    URI address() {
        return URI.create("http://localhost:" + port());
    }

    /** For whoever started it: where the portal is and who can sign in. */
    String welcome() {
        StringBuilder text = new StringBuilder();
        text.append("\nThe portal is at ").append(address()).append('\n');
        if (idp != null) {
            text.append("\nThis is a demonstration: all people are invented. Who can sign in:\n\n");
            for (Person person : DemoIdentityProvider.people()) {
                text.append(line(
                        "  National ID %s   %-12s %s",
                        person.individualId(),
                        person.farmerId() == null ? "" : "or " + person.farmerId(),
                        person.name()));
            }
            text.append("\nTheir one-time codes arrive at ")
                    .append(idp.issuer())
                    .append("/phone\n");
            text.append("\nStaff sign in at ").append(address()).append("/staff/sign-in\n\n");
            for (Staff staff : DemoIdentityProvider.staff()) {
                text.append(line(
                        "  %-12s password %-18s %s",
                        staff.username(), staff.password(), String.join(", ", staff.roles())));
            }
        }
        text.append("\nEverything is kept in ").append(home.toAbsolutePath().normalize());
        text.append("\nStop with Ctrl+C\n\n");
        return text.toString();
    }

    @Override
    public void close() {
        context.close();
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).stripTrailing() + "\n";
    }

    private static DemoIdentityProvider identities(Path home, int port, int idpPort) {
        Path folder = home.resolve("demo-idp");
        writable(folder);
        return DemoIdentityProvider.start(Settings.forPortal(URI.create("http://localhost:" + port))
                .withPort(idpPort)
                .withKeyFile(folder.resolve("keys.json")));
    }

    private static void writable(Path folder) {
        boolean can;
        try {
            can = Files.isWritable(Files.createDirectories(folder));
        } catch (IOException cannot) {
            can = false;
        }
        if (!can) {
            throw new CannotStart("The data folder " + folder.toAbsolutePath() + " cannot be written.");
        }
    }

    private static boolean isWeb(Options options) {
        String roles = options.properties().stream()
                .filter(property -> property.startsWith("--portal.roles="))
                .reduce((first, last) -> last)
                .orElseGet(() -> Objects.toString(System.getenv("PORTAL_ROLES"), "web"));
        return roles.contains("web");
    }

    /** Asked for before anything else starts, so that a port that is taken is told at once. */
    private static int free(int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    port == 0
                            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)
                            : new InetSocketAddress(port));
            return socket.getLocalPort();
        } catch (IOException taken) {
            throw new CannotStart(
                    "Port " + port + " is in use by another program. Choose another with " + option + ".", taken);
        }
    }
}
