package org.selfservice.web.program.staff;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.registrant.Demographics;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What a rule can name: the questions of the program's form, and what the portal may know about a person. */
@Component
class RuleNames {
    private final MessageSource texts;

    RuleNames(MessageSource texts) {
        this.texts = texts;
    }

    /** @param example a whole rule that uses it */
    record Name(String name, String label, FieldType type, String example) {}

    /** Documents are no answers. */
    List<Name> answers(@Nullable FormDefinition form, Locale locale) {
        return form == null
                ? List.of()
                : form.fields()
                        .filter(field -> field.type() != FieldType.FILE)
                        .map(field -> name(
                                "answers." + field.id(), field, field.label().in(locale)))
                        .toList();
    }

    List<Name> person(Locale locale) {
        return Demographics.ALL.stream()
                .map(attribute -> name(
                        "person." + attribute,
                        Demographics.question(attribute),
                        texts.getMessage("registrant.attribute." + attribute, null, attribute, locale)))
                .toList();
    }

    private static Name name(String name, Field field, String label) {
        return new Name(name, label, field.type(), example(name, field));
    }

    private static String example(String name, Field field) {
        return switch (field.type()) {
            case TEXT, LONG_TEXT, PHONE, EMAIL, FILE -> "has(" + name + ")";
            case NUMBER, MONEY -> name + " <= " + (field.type() == FieldType.MONEY ? 400 : 3);
            case DATE ->
                field.constraints().notInFuture() || Demographics.BIRTHDATE.equals(field.prefill())
                        ? "age(" + name + ") >= 18"
                        : name + " >= \"2026-01-31\"";
            case YES_NO -> name + " == \"yes\"";
            case RADIOS, SELECT -> name + " == \"" + first(field) + "\"";
            case CHECKBOXES -> "\"" + first(field) + "\" in " + name;
            case ADDRESS -> name + ".town == \"Kisumu\"";
            case GROUP ->
                field.fields().isEmpty()
                        ? "size(" + name + ") >= 2"
                        : name + ".exists(row, "
                                + example(
                                        "row." + field.fields().getFirst().id(),
                                        field.fields().getFirst()) + ")";
        };
    }

    private static String first(Field field) {
        return field.options().isEmpty() ? "" : field.options().getFirst().value();
    }
}
