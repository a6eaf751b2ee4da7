package org.selfservice.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.FileSystemUtils;

/** A store as it is in the portal, started once for all tests that need a real one. */
final class Portal {
    /** The secrets of processes that share a store. */
    static final List<String> KEYS = Stream.of("master", "pseudonym")
            .map(key -> "--portal." + key + "-key=" + Base64.getEncoder().encodeToString(new byte[32]))
            .toList();

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

    /** Another process beside one: it has the same keys, and what is not events is in the same database. */
    static ConfigurableApplicationContext startBeside(
            ConfigurableApplicationContext first, Path home, String... settings) {
        HikariDataSource database = first.getBean("portalDataSource", HikariDataSource.class);
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--portal.store.url=" + database.getJdbcUrl().replaceAll("/portal.*", "/"));
        all.add("--portal.store.user=" + database.getUsername());
        all.add("--portal.store.password=" + database.getPassword());
        all.addAll(KEYS);
        return start(home, all.toArray(String[]::new));
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
