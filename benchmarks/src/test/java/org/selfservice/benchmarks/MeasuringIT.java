package org.selfservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.benchmarks.Benchmarks.Measuring;

/** Whether what measures both sides in one process still fits them; its figures are nothing worth. */
@DisabledIfEnvironmentVariable(
        named = "AXON_SERVER",
        matches = ".+",
        disabledReason = "it needs a server without events")
class MeasuringIT {
    private static final Map<String, Measuring> ALL = Map.of("lag", Lag::measure, "rebuild", Rebuild::measure);

    @ParameterizedTest
    @ValueSource(strings = {"lag", "rebuild"})
    void ends(String name, @TempDir Path home) throws Exception {
        Report report = ALL.get(name).measure(Size.TINY, home);

        assertThat(report.table().lines().skip(2).filter(row -> row.startsWith("|")))
                .isNotEmpty()
                .noneMatch(row -> row.contains("NaN") || row.contains("| 0.00"));
    }
}
