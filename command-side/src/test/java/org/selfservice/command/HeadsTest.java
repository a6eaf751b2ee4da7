package org.selfservice.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Command;

class HeadsTest {
    private final Map<String, Long> store = new HashMap<>(Map.of("case", 4L, "person", 7L, "program", 2L, "form", 0L));
    private final List<Set<String>> asked = new ArrayList<>();
    private final Heads heads = new Heads(streams -> {
        asked.add(new TreeSet<>(streams));
        Map<String, Long> found = new HashMap<>(store);
        found.keySet().retainAll(streams);
        return found;
    });

    record Save(String stream, Set<String> reliesOn) implements Command {}

    @Test
    void areAskedOnceForWhatACommandNames() {
        during(new Save("case", Set.of("person")), () -> {
            assertThat(heads.of("case")).isEqualTo(4);
            assertThat(heads.of("person")).isEqualTo(7);
            assertThat(heads.of("case")).isEqualTo(4);
        });
        assertThat(asked).containsExactly(Set.of("case", "person"));
    }

    @Test
    void foreseeWhatTheLastCommandOnTheStreamReliedOn() {
        Command save = new Save("case", Set.of("person"));
        during(save, () -> List.of("case", "program", "form").forEach(heads::of));
        asked.clear();
        during(save, () -> List.of("case", "person", "program", "form").forEach(heads::of));
        assertThat(asked).containsExactly(Set.of("case", "person", "program", "form"));
    }

    @Test
    void areNewForEachCommand() {
        Command save = new Save("case", Set.of());
        during(save, () -> assertThat(heads.of("case")).isEqualTo(4));
        store.put("case", 5L);
        during(save, () -> assertThat(heads.of("case")).isEqualTo(5));
    }

    @Test
    void sayWhatDoesNotExist() {
        during(new Save("other", Set.of()), () -> assertThat(heads.of("other")).isEqualTo(Heads.NOTHING));
        assertThat(heads.of("another")).isEqualTo(Heads.NOTHING);
    }

    @Test
    void areNeverRememberedOutsideOfACommand() {
        heads.of("case");
        heads.of("case");
        assertThat(asked).hasSize(2);
    }

    private static void during(Command command, Runnable handling) {
        DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>(command)).execute(handling);
    }
}
