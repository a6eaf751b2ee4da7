package org.selfservice.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code [--tiny] [name...]}: measures these, or all, and writes each into {@code benchmarks/results}. Where {@code AXON_SERVER}
 * names an Axon Server, some of them measure with the events there.
 */
final class Benchmarks {
    private static final Map<String, Measuring> ALL = new LinkedHashMap<>();

    static {
        ALL.put("commands", Commands::measure);
        ALL.put("rebuild", Rebuild::measure);
        ALL.put("lag", Lag::measure);
        ALL.put("growth", Growth::measure);
        ALL.put("restart", Restart::measure);
        ALL.put("pages", Pages::measure);
        ALL.put("lists", Lists::measure);
        ALL.put("clone", CleanClone::measure);
    }

    /** Each takes one without events: what is there is followed, too. */
    private static final List<String> ON_AXON_SERVER = List.of("commands", "lag");

    private Benchmarks() {}

    @FunctionalInterface
    interface Measuring {
        /** @param home an empty folder for data, deleted afterwards */
        Report measure(Size size, Path home) throws Exception;
    }

    public static void main(String... arguments) {
        List<String> names = new ArrayList<>(Arrays.asList(arguments));
        Size size = names.remove("--tiny") ? Size.TINY : Size.FULL;
        if (!ALL.keySet().containsAll(names)) {
            System.err.println("There are: " + String.join(", ", ALL.keySet()));
            System.exit(2);
        }
        int failed = 0;
        if (Sides.AXON_SERVER != null && (names.size() != 1 || !ON_AXON_SERVER.containsAll(names))) {
            System.err.println("On an Axon Server without events, one of: " + String.join(", ", ON_AXON_SERVER));
            System.exit(2);
        }
        for (String name : names.isEmpty() ? ALL.keySet() : names) {
            failed += measured(name, size) ? 0 : 1;
        }
        // Pools of the libraries may hold threads that would keep the process.
        System.exit(failed == 0 ? 0 : 1);
    }

    /** One that fails does not keep the others from being measured. */
    private static boolean measured(String name, Size size) {
        Path folder = Path.of("benchmarks", size == Size.TINY ? "target/results" : "results");
        try {
            Path home = Files.createTempDirectory("portal-benchmark-");
            try {
                System.out.println("\n" + name + " ...");
                Report report = ALL.get(name).measure(size, home);
                System.out.println(report.table());
                report.write(folder, name + (Sides.AXON_SERVER == null ? "" : "-axon-server"), size);
            } finally {
                delete(home);
            }
            return true;
        } catch (Exception e) {
            e.printStackTrace();
            return false;
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException stillInUse) {
            System.err.println("Left behind: " + folder);
        }
    }
}
