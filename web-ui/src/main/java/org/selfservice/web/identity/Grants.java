package org.selfservice.web.identity;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramGrant;

/**
 * The roles of a member of staff, each for all programs or for some: {@code reviewer} is a reviewer, {@code reviewer:cash-transfer}
 * is one of that program alone.
 */
final class Grants implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private static final List<Author.Role> STRONGEST_FIRST = List.of(
            Author.Role.PROGRAM_ADMIN,
            Author.Role.REVIEWER,
            Author.Role.OFFICER,
            Author.Role.AUDITOR,
            Author.Role.ANALYST);

    /** Codes of programs by role; empty for all. */
    private final EnumMap<Author.Role, TreeSet<String>> programs;

    private Grants(EnumMap<Author.Role, TreeSet<String>> programs) {
        this.programs = programs;
    }

    /** Roles that the portal does not know, and what cannot be a program's code, mean nothing here. */
    static Grants of(@Nullable Object claim) {
        Collection<?> names = claim instanceof Collection<?> several ? several : List.of(Objects.toString(claim, ""));
        EnumMap<Author.Role, TreeSet<String>> programs = new EnumMap<>(Author.Role.class);
        Set<Author.Role> everywhere = new HashSet<>();
        for (Object name : names) {
            String[] parts = name.toString().strip().split(":", 2);
            String role = parts[0].toUpperCase(Locale.ROOT).replace('-', '_');
            STRONGEST_FIRST.stream().filter(known -> known.name().equals(role)).forEach(known -> {
                if (parts.length == 1) {
                    everywhere.add(known);
                } else if (isCode(parts[1].strip())) {
                    programs.computeIfAbsent(known, _ -> new TreeSet<>()).add(parts[1].strip());
                }
            });
        }
        everywhere.forEach(role -> programs.put(role, new TreeSet<>()));
        return new Grants(programs);
    }

    private static boolean isCode(String text) {
        try {
            new ProgramCode(text);
            return true;
        } catch (RuntimeException none) {
            return false;
        }
    }

    /** Strongest first. */
    List<Author.Role> roles() {
        return STRONGEST_FIRST.stream().filter(programs::containsKey).toList();
    }

    /** @return the programs for which they have one of these roles; null for all */
    @Nullable
    ProgramGrant in(Set<String> allowed) {
        List<TreeSet<String>> each = new ArrayList<>();
        programs.forEach((role, codes) -> {
            if (allowed.contains(role.name())) {
                each.add(codes);
            }
        });
        if (each.stream().anyMatch(Set::isEmpty)) {
            return null;
        }
        return new ProgramGrant(
                each.stream().flatMap(Set::stream).map(ProgramCode::new).collect(Collectors.toSet()));
    }

    @Override
    public String toString() {
        return programs.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
    }
}
