package org.selfservice.web.program.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Option;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.program.Eligibility;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.web.program.staff.RuleNames.Name;
import org.springframework.context.support.StaticMessageSource;

class RuleNamesTest {
    private static final LocalizedText LABEL = LocalizedText.of("A question", "Une question", "سؤال");

    private final RuleNames names = new RuleNames(new StaticMessageSource());

    @Test
    void everyQuestionIsNamedButDocuments() {
        assertThat(names.answers(form(), Locale.FRENCH))
                .hasSize(FieldType.values().length - 1)
                .allSatisfy(name -> assertThat(name.label()).isEqualTo("Une question"))
                .extracting(Name::type)
                .doesNotContain(FieldType.FILE);
        assertThat(names.answers(null, Locale.ENGLISH)).isEmpty();
    }

    @Test
    void whatMayBeKnownAboutAPersonIsNamed() {
        assertThat(names.person(Locale.ENGLISH))
                .extracting(Name::name)
                .hasSize(Demographics.ALL.size())
                .contains("person.household_size");
    }

    @Test
    void everyExampleIsARuleThatUsesTheName() {
        assertThat(Stream.concat(names.answers(form(), Locale.ENGLISH).stream(), names.person(Locale.ENGLISH).stream()))
                .allSatisfy(name -> {
                    EligibilityRule rule = new EligibilityRule("rule", name.example(), LABEL, true);
                    assertThatCode(() -> Eligibility.validate(rule))
                            .as(name.example())
                            .doesNotThrowAnyException();
                    assertThat(name.example()).contains(name.name());
                });
    }

    private static FormDefinition form() {
        List<Field> fields = Arrays.stream(FieldType.values())
                .map(type -> Field.of("q_" + type.name().toLowerCase(Locale.ROOT), type, LABEL)
                        .choosing(List.of(new Option("first", LABEL))))
                .map(field -> field.type() == FieldType.GROUP
                        ? field.asking(List.of(
                                Field.of("born", FieldType.DATE, LABEL).within(Constraints.past(LocalDate.EPOCH))))
                        : field)
                .toList();
        return new FormDefinition(List.of(new Page("all", LABEL, LocalizedText.EMPTY, null, fields)));
    }
}
