package org.selfservice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.Expectation;
import org.selfservice.kernel.Refused;

class VersionsTest {

    @Test
    void a_tag_is_read_as_it_was_written() {
        assertThat(Versions.read(Versions.tag(17))).isEqualTo(new Expectation(Set.of(17L), false));
        assertThat(Versions.read("\"1\" ,W/\"2\", \"x,y\",\"3\"")).isEqualTo(new Expectation(Set.of(1L, 3L), false));
        assertThat(Versions.read(" * ")).isEqualTo(new Expectation(Set.of(), true));
    }

    @Test
    void it_travels_as_metadata() {
        for (String header : new String[] {"\"1\", \"2\"", "*", "W/\"1\""}) {
            Expectation expected = Versions.read(header);
            assertThat(Expectation.from(expected.toMetaData())).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "\"1", "\"1\" \"2\"", "\"1\",", "*, \"1\"", "w/\"1\""})
    void what_is_no_list_of_tags_is_refused(String header) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> Versions.read(header))
                .satisfies(no -> assertThat(no.details()).containsEntry("field", "If-Match"));
    }
}
