package org.selfservice.idp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Everybody who can sign in. */
record Directory(List<Person> people, List<Staff> staff) {
    static final Directory DEMO = read();

    Optional<Person> person(IdSystem system, String typed) {
        String wanted = normalised(typed);
        return people.stream()
                .filter(person -> person.claims().get(system.idClaim()) instanceof String id
                                && normalised(id).equals(wanted)
                        || system == IdSystem.NATIONAL && wanted.equals(person.virtualId()))
                .findFirst();
    }

    /** Those who have an ID of this system. */
    List<Person> people(IdSystem system) {
        return people.stream()
                .filter(person -> person.claims().containsKey(system.idClaim()))
                .toList();
    }

    Optional<Staff> staff(String username) {
        String wanted = username.strip().toLowerCase(Locale.ROOT);
        return staff.stream().filter(one -> one.username().equals(wanted)).findFirst();
    }

    /** Letters and digits alone, digits of any script as 0 to 9: people type spaces, dashes and Arabic-Indic digits. */
    static String normalised(String typed) {
        StringBuilder plain = new StringBuilder();
        typed.codePoints().filter(Character::isLetterOrDigit).forEach(c -> {
            if (Character.isDigit(c)) plain.append(Character.digit(c, 10));
            else plain.appendCodePoint(Character.toUpperCase(c));
        });
        return plain.toString();
    }

    private static Directory read() {
        try (InputStream json = Directory.class.getResourceAsStream("/demo-idp/people.json")) {
            return JsonMapper.shared()
                    .readValue(Objects.requireNonNull(json), Written.class)
                    .directory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Written(List<LinkedHashMap<String, Object>> people, List<Staff> staff) {
        Directory directory() {
            return new Directory(people.stream().map(Person::new).toList(), staff);
        }
    }
}
