package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./portal} says before there is any Java. */
class ScriptTest {
    private static final Path SCRIPT = Path.of("..", "portal").toAbsolutePath().normalize();

    @TempDir
    Path empty;

    record Ended(int code, String out, String err) {}

    @Test
    void help_names_what_it_can_do() throws Exception {
        for (List<String> asked : List.of(List.of("help"), List.of("--help"), List.<String>of())) {
            Ended ended = portal(Map.of(), asked.toArray(String[]::new));
            assertThat(ended.out())
                    .contains(
                            "./portal run",
                            "./portal test",
                            "./portal check-provider ID",
                            "./portal replay [VIEW]",
                            "./portal bench");
            assertThat(ended.code()).isZero();
        }
    }

    @Test
    void what_does_not_exist_is_said_with_what_does() throws Exception {
        Ended ended = portal(Map.of(), "nonsense");
        assertThat(ended.err()).startsWith("There is no ./portal nonsense.\n").contains("./portal run");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(2);
    }

    @Test
    void without_a_JDK_it_says_in_one_line_what_is_needed_and_where_to_get_it() throws Exception {
        Path tools = Files.createDirectories(empty.resolve("tools"));
        for (String tool : List.of("bash", "dirname", "readlink", "sed", "grep")) {
            Files.createSymbolicLink(tools.resolve(tool), found(tool));
        }
        Path old = Files.createDirectories(empty.resolve("usr/lib/jvm/old/bin"));
        Path javac = Files.writeString(old.resolve("javac"), "#!" + found("bash") + "\necho javac 21.0.2\n");
        assertThat(javac.toFile().setExecutable(true)).isTrue();
        for (String what : List.of("run", "test", "check-provider", "replay", "bench")) {
            Ended ended = portal(
                    Map.of(
                            "PATH", tools.toString(),
                            "HOME", empty.toString(),
                            "JAVA_HOME", "",
                            "PORTAL_JDK_ROOT", empty.toString()),
                    what);
            assertThat(ended.err())
                    .startsWith("The portal needs a JDK 25 or newer, and none was found")
                    .contains("https://adoptium.net", "JAVA_HOME")
                    .hasLineCount(1);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.code()).isEqualTo(1);
        }
    }

    private static Path found(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private static Ended portal(Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(found("bash").toString(), SCRIPT.toString());
        process.command().addAll(List.of(options));
        process.environment().putAll(environment);
        Path err = Files.createTempFile("portal", ".err");
        Process running = process.redirectError(err.toFile()).start();
        String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(running.waitFor(), out, Files.readString(err));
    }
}
