package org.selfservice.kernel.program;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The programs that a member of staff is there for, where it is not all of them. Travels as message metadata, so that the
 * aggregate that decides can tell whether it is one of theirs; no event keeps it.
 */
public record ProgramGrant(Set<ProgramCode> programs) {
    private static final String KEY = "programs";

    public ProgramGrant {
        programs = Set.copyOf(programs);
    }

    public boolean covers(@Nullable ProgramCode program) {
        return program != null && programs.contains(program);
    }

    public Map<String, String> toMetaData() {
        return Map.of(KEY, programs.stream().map(ProgramCode::value).sorted().collect(Collectors.joining(",")));
    }

    /** @return null when all programs are granted */
    public static @Nullable ProgramGrant from(Map<String, ?> data) {
        Object value = data.get(KEY);
        if (value == null) {
            return null;
        }
        return new ProgramGrant(Arrays.stream(value.toString().split(","))
                .filter(code -> !code.isEmpty())
                .map(ProgramCode::new)
                .collect(Collectors.toSet()));
    }
}
