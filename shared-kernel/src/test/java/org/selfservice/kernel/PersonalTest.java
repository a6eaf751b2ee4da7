package org.selfservice.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PersonalTest {
    private final Personal<String> name = Personal.of("Lena D.");

    @Test
    void it_prints_neither_its_content_nor_its_length() {
        assertThat(name).hasToString("[personal]");
        assertThat(Personal.erased()).hasToString("[erased]");
    }

    @Test
    void what_is_known_is_read_and_changed() {
        assertThat(name.or("x")).isEqualTo("Lena D.");
        assertThat(name.orNull()).isEqualTo("Lena D.");
        assertThat(name.isErased()).isFalse();
        assertThat(name.map(String::length)).isEqualTo(Personal.of(7));
    }

    @Test
    void what_was_erased_is_a_value_of_its_own() {
        Personal<String> erased = Personal.erased();
        assertThat(erased.or("x")).isEqualTo("x");
        assertThat(erased.orNull()).isNull();
        assertThat(erased.isErased()).isTrue();
        assertThat(erased.map(String::length)).isEqualTo(Personal.erased());
        assertThat(erased).isNotEqualTo(name);
    }
}
