package org.selfservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfservice.benchmarks.Report.Goal;

class ReportTest {
    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Report.percentile(new double[] {3, 1, 2}, 50)).isEqualTo(2);
        assertThat(Report.percentile(new double[] {4, 1, 3, 2}, 50)).isEqualTo(2.5);
    }

    @Test
    void ofAHundredValuesFiveAreAboveTheNinetyFifth() {
        double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
        assertThat(Report.percentile(values, 95)).isEqualTo(95);
        assertThat(Report.percentile(values, 99)).isEqualTo(99);
        assertThat(Report.percentile(values, 100)).isEqualTo(100);
    }

    @Test
    void aRowSaysTheMedianTheSpreadAndWhetherTheGoalWasMet() {
        Report report = new Report()
                .median("Ratio", "", new double[] {0.6, 0.4, 0.7}, Goal.atLeast(0.5))
                .one("Restart", "s", 12, Goal.under(12));
        assertThat(report.table())
                .contains("| Ratio | 0.60 | 0.40 to 0.70 | at least 0.50: met |")
                .contains("| Restart | 12.0 s |  | under 12.0: **missed** |");
    }
}
