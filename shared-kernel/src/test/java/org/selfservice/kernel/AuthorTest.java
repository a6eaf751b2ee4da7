package org.selfservice.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.Author.Channel;
import org.selfservice.kernel.Author.Evidence;
import org.selfservice.kernel.Author.Role;

class AuthorTest {
    private static final Author OFFICER = new Author(
            "omar",
            "Omar K.",
            Role.OFFICER,
            "r-0123456789abcdefghij",
            Channel.ASSISTED,
            new Evidence("https://id.example", "mosip:idp:acr:biometrics", Instant.parse("2026-03-01T10:00:00Z")),
            "c-1");

    @ParameterizedTest
    @MethodSource("authors")
    void every_author_survives_message_metadata(Author author) {
        assertThat(Author.from(author.toMetaData())).isEqualTo(author);
    }

    static Stream<Author> authors() {
        return Stream.of(
                OFFICER,
                OFFICER.confirmed("read-back-1"),
                new Author(
                        "r-2",
                        null,
                        Role.REGISTRANT,
                        null,
                        Channel.WEB,
                        new Evidence("https://id", "loa-3", Instant.EPOCH, Assurance.STRONG),
                        "c-5"),
                Author.portal("c-2"),
                new Author(
                        "r-1", null, Role.REGISTRANT, null, Channel.WEB, new Evidence("https://id", null, null), "c-3"),
                new Author("batch", null, Role.MACHINE, null, Channel.API, null, "c-4"));
    }

    @Test
    void evidence_of_before_anybody_said_what_it_counts_for_counts_least() {
        Map<String, String> data = new LinkedHashMap<>(OFFICER.toMetaData());
        assertThat(data.remove("evidence.assurance")).isEqualTo("BASIC");
        assertThat(Author.from(data)).isEqualTo(OFFICER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"actor", "role", "channel", "correlation"})
    void metadata_that_does_not_say_who_acted_is_not_accepted(String missing) {
        Map<String, String> data = new LinkedHashMap<>(OFFICER.toMetaData());
        data.remove(missing);
        assertThatIllegalArgumentException().isThrownBy(() -> Author.from(data)).withMessageContaining(missing);
    }
}
