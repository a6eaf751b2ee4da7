package org.selfservice.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;

/** A store as it is in the portal, started once for all tests that need a real one. */
final class Portal {
    private static final ConfigurableApplicationContext CONTEXT = start();

    private Portal() {}

    @Configuration
    @EnableAutoConfiguration
    static class Store {}

    static <B> B bean(Class<B> type) {
        return CONTEXT.getBean(type);
    }

    static <B> B bean(String name, Class<B> type) {
        return CONTEXT.getBean(name, type);
    }

    static StoreProcess process() {
        return new StoreProcess(CONTEXT);
    }

    /** Another one, which its caller closes. */
    static ConfigurableApplicationContext start(Path home, String... settings) {
        return new SpringApplicationBuilder(Store.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties("portal.home=" + home, "spring.main.banner-mode=off")
                .run(settings);
    }

    private static ConfigurableApplicationContext start() {
        try {
            Path home = Files.createTempDirectory("portal");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                CONTEXT.close();
                FileSystemUtils.deleteRecursively(home.toFile());
            }));
            return start(home);
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
    }
}
