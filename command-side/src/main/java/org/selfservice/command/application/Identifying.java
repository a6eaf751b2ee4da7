package org.selfservice.command.application;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.registrant.Demographics;

/**
 * The answers by which two applications of one person can be told, each in one way of writing. A question asks for such a
 * value when it is filled in from the attribute, when its id says so, or when it is the form's only one for a telephone
 * number or an e-mail address.
 */
final class Identifying {
    private static final Map<String, List<String>> IDS = Map.of(
            Demographics.NAME, List.of("name", "full_name"),
            Demographics.GIVEN_NAME, List.of("given_name", "first_name"),
            Demographics.FAMILY_NAME, List.of("family_name", "last_name", "surname"),
            Demographics.BIRTHDATE, List.of("birthdate", "birth_date", "date_of_birth"),
            Demographics.PHONE_NUMBER, List.of("phone", "phone_number", "mobile", "telephone"),
            Demographics.EMAIL, List.of("email", "email_address"),
            Demographics.NATIONAL_ID, List.of("individual_id", "national_id", "id_number", "national_id_number"),
            Demographics.FARMER_ID, List.of("farmer_id", "beneficiary_id"),
            Demographics.BANK_ACCOUNT, List.of("bank_account", "account_number", "iban"));

    private static final Map<String, FieldType> ONLY_ONE =
            Map.of(Demographics.PHONE_NUMBER, FieldType.PHONE, Demographics.EMAIL, FieldType.EMAIL);

    private final FormDefinition form;
    private final Map<String, Answer> answers;
    private final Map<Likeness, Set<String>> found = new EnumMap<>(Likeness.class);

    private Identifying(FormDefinition form, Map<String, Answer> answers) {
        this.form = form;
        this.answers = answers;
    }

    /** @param answers normalized by the form's rules */
    static Map<Likeness, Set<String>> values(FormDefinition form, Map<String, Answer> answers) {
        return new Identifying(form, answers).find();
    }

    private Map<Likeness, Set<String>> find() {
        add(Likeness.NATIONAL_ID, Demographics.NATIONAL_ID, Identifying::number);
        add(Likeness.FUNCTIONAL_ID, Demographics.FARMER_ID, Identifying::number);
        add(Likeness.BANK_ACCOUNT, Demographics.BANK_ACCOUNT, Identifying::number);
        add(Likeness.PHONE, Demographics.PHONE_NUMBER, Identifying::number);
        add(Likeness.EMAIL, Demographics.EMAIL, typed -> plain(typed).strip());
        for (String name : names()) {
            for (String day : texts(Demographics.BIRTHDATE)) {
                keep(Likeness.NAME_AND_BIRTH_DATE, name + " " + day);
            }
        }
        return found;
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>(texts(Demographics.NAME));
        for (String given : texts(Demographics.GIVEN_NAME)) {
            texts(Demographics.FAMILY_NAME).forEach(family -> names.add(given + " " + family));
        }
        return names.stream()
                .map(Identifying::name)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private void add(Likeness kind, String attribute, UnaryOperator<String> write) {
        texts(attribute).stream()
                .map(write)
                .filter(Identifying::tellsPeopleApart)
                .forEach(value -> keep(kind, value));
    }

    private void keep(Likeness kind, String value) {
        found.computeIfAbsent(kind, _ -> new HashSet<>()).add(value);
    }

    private Set<String> texts(String attribute) {
        return form.fields()
                .filter(field -> asksFor(field, attribute))
                .map(field -> answers.get(field.id()))
                .flatMap(answer -> Stream.ofNullable(text(answer)))
                .collect(Collectors.toSet());
    }

    private boolean asksFor(Field field, String attribute) {
        if (field.prefill() != null) {
            return field.prefill().equals(attribute);
        }
        return IDS.getOrDefault(attribute, List.of()).contains(field.id())
                || (field.type() == ONLY_ONE.get(attribute)
                        && form.fields()
                                        .filter(one -> one.type() == field.type())
                                        .count()
                                == 1);
    }

    private static @Nullable String text(@Nullable Answer answer) {
        return answer instanceof Answer.Text(String text) ? text : null;
    }

    /** What people write when they have none, such as 0000 or n/a, is nobody's. */
    private static boolean tellsPeopleApart(String value) {
        return value.length() >= 5 && value.chars().distinct().count() > 2;
    }

    /** Letters and digits: groups, dashes and slashes are a way of writing. */
    private static String number(String typed) {
        return plain(typed).replaceAll("[^\\p{L}\\p{Nd}]", "");
    }

    /** Family names come first or last. */
    private static String name(String typed) {
        return Arrays.stream(plain(typed)
                        .replaceAll("[^\\p{L}\\p{Nd}]+", " ")
                        .strip()
                        .split(" "))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Without case, accents and the shape of digits. */
    private static String plain(String typed) {
        String split = Normalizer.normalize(typed, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
        StringBuilder plain = new StringBuilder(split.length());
        split.codePoints().forEach(c -> plain.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
        return plain.toString().toLowerCase(Locale.ROOT);
    }
}
