package org.selfservice.web.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;

/** The ready-made settings of {@code docs/sign-in}, loaded as an operator loads them. */
final class Shipped {
    static final Path FOLDER = Path.of("..", "docs", "sign-in").toAbsolutePath().normalize();

    @EnableConfigurationProperties(LoginSettings.class)
    static final class Settings {}

    private Shipped() {}

    /**
     * By the import that the documentation tells to write.
     *
     * @param home a folder to write into
     * @param environment what the file takes from there
     */
    static LoginSettings load(Path file, Path home, Map<String, String> environment) {
        try {
            Path own = Files.writeString(home.resolve("portal.yaml"), "spring.config.import: file:" + file + "\n");
            try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Settings.class)
                    .web(WebApplicationType.NONE)
                    .properties(new LinkedHashMap<>(environment))
                    .run(
                            "--spring.config.additional-location=file:" + own,
                            "--spring.main.register-shutdown-hook=false")) {
                return context.getBean(LoginSettings.class);
            }
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
    }
}
