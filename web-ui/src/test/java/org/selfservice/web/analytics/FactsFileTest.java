package org.selfservice.web.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactsFileTest {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void what_a_spreadsheet_would_run_is_text(String formula) {
        assertThat(FactsFile.cell(formula).replaceFirst("^\"", "")).startsWith("'" + formula.charAt(0));
    }

    @Test
    void commas_quotes_and_lines_stay_in_their_cell() {
        assertThat(FactsFile.cell("North, \"the old\"")).isEqualTo("\"North, \"\"the old\"\"\"");
        assertThat(FactsFile.cell("a\nb")).isEqualTo("\"a\nb\"");
    }

    @Test
    void numbers_stay_numbers_and_nothing_is_empty() {
        assertThat(FactsFile.cell(-5L)).isEqualTo("-5");
        assertThat(FactsFile.cell(null)).isEmpty();
    }
}
