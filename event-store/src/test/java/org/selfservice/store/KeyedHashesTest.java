package org.selfservice.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;

class KeyedHashesTest {
    private final Pseudonyms pseudonyms = new KeyedHashes("0123456789abcdef0123456789abcdef".getBytes(UTF_8));

    @Test
    void theSamePersonIsAlwaysTheSameRegistrant() {
        assertThat(pseudonyms
                        .registrant("https://id.example.org", "8267411571", 1)
                        .value())
                .isEqualTo("r-SxfNBSGDnss0zqEVsOs363XbuRbZn01grlC_Y83qkZg");
    }

    @Test
    void aPersonWhoComesBackIsANewRegistrant() {
        assertThat(pseudonyms.registrant("https://id.example.org", "8267411571", 2))
                .isNotEqualTo(pseudonyms.registrant("https://id.example.org", "8267411571", 1));
    }

    @Test
    void partsThatRunIntoOneAnotherStayApart() {
        assertThat(pseudonyms.registrant("https://id.example.org/1", "2", 3))
                .isNotEqualTo(pseudonyms.registrant("https://id.example.org/", "12", 3))
                .isNotEqualTo(pseudonyms.registrant("https://id.example.org/1", "23", 3));
    }

    @Test
    void everyProgramAndOrdinalIsAnotherApplication() {
        var registrant = pseudonyms.registrant("https://id.example.org", "8267411571", 1);
        Set<String> ids = new HashSet<>();
        for (String program : new String[] {"cash", "cash-1", "farm"}) {
            for (int ordinal = 1; ordinal <= 20; ordinal++) {
                ids.add(pseudonyms
                        .application(registrant, new ProgramCode(program), ordinal)
                        .value());
            }
            ids.add(pseudonyms.enrolment(registrant, new ProgramCode(program)).value());
        }
        assertThat(ids).hasSize(63);
    }

    @Test
    void withoutTheSecretNobodyFindsAPerson() {
        Pseudonyms stranger = new KeyedHashes("another key, just as long, 32 by".getBytes(UTF_8));
        assertThat(stranger.registrant("https://id.example.org", "8267411571", 1))
                .isNotEqualTo(pseudonyms.registrant("https://id.example.org", "8267411571", 1));
    }
}
