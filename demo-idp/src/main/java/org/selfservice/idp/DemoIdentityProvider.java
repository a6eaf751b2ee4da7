package org.selfservice.idp;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * An OpenID Connect provider for demonstrations, development and tests: invented people, published passwords, codes
 * that arrive on a web page. It runs beside another Spring application in the same process, or alone.
 */
public final class DemoIdentityProvider implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoIdentityProvider.class);

    private final AnnotationConfigServletWebServerApplicationContext context;
    private final Settings settings;

    private DemoIdentityProvider(AnnotationConfigServletWebServerApplicationContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
    }

    public static DemoIdentityProvider start(Settings wished) {
        Settings settings = addressed(wished);
        var context = new AnnotationConfigServletWebServerApplicationContext();
        context.setId("demo-idp");
        context.setEnvironment(environment(settings));
        context.registerBean("settings", Settings.class, () -> settings);
        context.register(Server.class);
        context.refresh();
        LOG.warn(
                "The demonstration identity provider is running at {}: for demonstrations only, anybody can sign in as anybody",
                settings.issuer());
        return new DemoIdentityProvider(context, settings);
    }

    /** {@code [port] [address of the portal]}, 9000 and http://localhost:8080 unless given. */
    public static void main(String... arguments) {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9000;
        URI portal = URI.create(arguments.length > 1 ? arguments[1] : "http://localhost:8080");
        DemoIdentityProvider provider = start(Settings.forPortal(portal).withPort(port));
        Runtime.getRuntime().addShutdownHook(new Thread(provider::close));
    }

    public URI issuer() {
        return Objects.requireNonNull(settings.issuer());
    }

    public int port() {
        return settings.port();
    }

    /** Who can sign in with an ID number. */
    public static List<Person> people() {
        return Directory.DEMO.people();
    }

    /** Who can sign in with a user name and a password. */
    public static List<Staff> staff() {
        return Directory.DEMO.staff();
    }

    /** The newest code on the phone of the person with this national or farmer ID, of the last 15 minutes. */
    public Optional<String> codeFor(String id) {
        return Directory.DEMO
                .person(IdSystem.NATIONAL, id)
                .or(() -> Directory.DEMO.person(IdSystem.FARMER, id))
                .flatMap(context.getBean(OneTimeCodes.class)::newest);
    }

    @Override
    public void close() {
        context.close();
    }

    /** The issuer is part of what the server is built with, so a free port is found before it starts. */
    private static Settings addressed(Settings wished) {
        int port = wished.port();
        if (port == 0) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getByName(wished.bindAddress()))) {
                port = socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        URI issuer = wished.issuer() != null ? wished.issuer() : URI.create("http://localhost:" + port);
        return wished.withPort(port).withIssuer(issuer);
    }

    /** Knows nothing of the application around it: no system properties, no environment variables, no files. */
    private static StandardServletEnvironment environment(Settings settings) {
        Map<String, Object> properties = Map.ofEntries(
                entry("server.port", settings.port()),
                entry("server.address", settings.bindAddress()),
                entry("server.shutdown", "immediate"),
                entry("server.servlet.session.cookie.name", "DEMOIDP"),
                entry("server.servlet.session.cookie.same-site", "lax"),
                entry("server.servlet.session.cookie.http-only", true),
                entry("spring.web.resources.add-mappings", false),
                entry("spring.thymeleaf.prefix", "classpath:/demo-idp/templates/"),
                entry("spring.thymeleaf.check-template-location", false));
        var environment = new StandardServletEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                sources.addFirst(new MapPropertySource("demo-idp", properties));
            }
        };
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
