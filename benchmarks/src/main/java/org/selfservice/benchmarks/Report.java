package org.selfservice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What one program measured. */
final class Report {
    private final List<Figure> figures = new ArrayList<>();

    /**
     * @param value the median of the rounds
     * @param rounds in the order in which they were measured
     */
    record Figure(
            String what,
            String unit,
            double value,
            List<Double> rounds,
            @Nullable Goal goal) {
        String row() {
            List<Double> sorted = rounds.stream().sorted().toList();
            String spread = rounds.size() > 1 ? number(sorted.getFirst()) + " to " + number(sorted.getLast()) : "";
            return "| %s | %s | %s | %s |"
                    .formatted(
                            what,
                            (number(value) + " " + unit).strip(),
                            spread,
                            goal == null ? "" : goal.verdict(value));
        }
    }

    /** @param atLeast otherwise the value must stay below the limit */
    record Goal(boolean atLeast, double limit) {
        static Goal atLeast(double limit) {
            return new Goal(true, limit);
        }

        static Goal under(double limit) {
            return new Goal(false, limit);
        }

        private String verdict(double value) {
            boolean met = atLeast ? value >= limit : value < limit;
            return (atLeast ? "at least " : "under ") + number(limit) + (met ? ": met" : ": **missed**");
        }
    }

    record Machine(int processors, long memoryGigabytes, String processor, String system, String java) {
        static Machine here() {
            return new Machine(
                    Runtime.getRuntime().availableProcessors(),
                    Math.round(kilobytes("/proc/meminfo", "MemTotal") / 1e6),
                    line("/proc/cpuinfo", "model name"),
                    System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                    Runtime.version().toString());
        }

        private static double kilobytes(String file, String name) {
            return Double.parseDouble(line(file, name).replaceAll("\\D", ""));
        }

        private static String line(String file, String name) {
            try {
                return Files.readAllLines(Path.of(file)).stream()
                        .filter(line -> line.startsWith(name))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("");
            } catch (IOException notLinux) {
                return "";
            }
        }
    }

    private record Written(String name, Instant at, boolean tiny, Machine machine, List<Figure> figures) {}

    Report median(String what, String unit, double[] rounds, @Nullable Goal goal) {
        figures.add(new Figure(
                Sides.AXON_SERVER == null ? what : "On Axon Server: " + what,
                unit,
                percentile(rounds, 50),
                Arrays.stream(rounds).boxed().toList(),
                goal));
        return this;
    }

    /** The middle, and the value that 95 of 100 do not exceed, which the goal is about. */
    Report times(String what, double[] milliseconds, @Nullable Goal goal) {
        String each = " (" + milliseconds.length + "), ";
        one(what + each + "p50", "ms", percentile(milliseconds, 50), null);
        return one(what + each + "p95", "ms", percentile(milliseconds, 95), goal);
    }

    Report one(String what, String unit, double value, @Nullable Goal goal) {
        return median(what, unit, new double[] {value}, goal);
    }

    String table() {
        return figures.stream()
                .map(Figure::row)
                .collect(Collectors.joining(
                        "\n", "| what | median | of the rounds | goal |\n|---|---|---|---|\n", "\n"));
    }

    void write(Path folder, String name, Size size) throws IOException {
        Files.createDirectories(folder);
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Written written = new Written(
                name, Instant.now().truncatedTo(ChronoUnit.SECONDS), size == Size.TINY, Machine.here(), figures);
        Files.writeString(folder.resolve(name + ".json"), json.writeValueAsString(written) + "\n");
        Files.writeString(folder.resolve(name + ".md"), table());
    }

    /** By the nearest rank; of an even number the 50th is the mean of the two in the middle. */
    static double percentile(double[] values, double percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (percent == 50 && sorted.length % 2 == 0) {
            return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
        }
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
    }

    static String number(double value) {
        return value >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
