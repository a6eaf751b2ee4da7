package org.selfservice.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;

class CanonicalTest {
    record Case(Personal<Map<String, Answer>> answers, Personal<String> note) {}

    record Pair(Object left, Object right) {}

    @Test
    void jsonSortsEveryKey() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", Map.of("d", 2, "c", List.of(3)));
        assertThat(Canonical.json(new Pair(map, "x"))).isEqualTo("""
                {"left":{"a":{"c":[3],"d":2},"b":1},"right":"x"}""");
    }

    @Test
    void jsonHasNumbersWithoutExponents() {
        assertThat(Canonical.json(new BigDecimal("1E+3"))).isEqualTo("1000");
    }

    @Test
    void jsonShowsPersonalValues() {
        assertThat(Canonical.json(new Case(Personal.of(Map.of("name", Answer.text("Zoë"))), Personal.erased())))
                .isEqualTo("""
                        {"answers":{"name":{"is":"text","value":"Zoë"}},"note":null}""");
    }

    @Test
    void jsonSaysAllOfAQuestion() {
        assertThat(Canonical.json(Field.of("name", FieldType.TEXT, LocalizedText.en("Name"))))
                .contains("\"id\":\"name\"", "\"label\":{\"en\":\"Name\"}", "\"required\":true")
                .doesNotContain(" ");
    }

    /** The same for ever: what was hashed years ago must still be found unchanged. */
    @Test
    void hashOfAFormNeverChanges() {
        assertThat(Canonical.sha256(Samples.form()))
                .isEqualTo("3c0c0e2d8a0da77fb9e4c95cea81b99347dd3f097a608ec3c46479d02b2c0071");
    }

    @Test
    void hashIsOfAllButItself() {
        assertThat(Canonical.sha256Without(new Pair("a", "hash"), "right"))
                .isEqualTo(Canonical.sha256(Map.of("left", "a")));
    }
}
