package org.selfservice.web.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.program.Eligibility;
import org.selfservice.kernel.program.Eligibility.Verdict;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.registrant.Demographics;

class DemoProgramTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    static Stream<DemoProgram> programs() {
        return DemoProgram.all(TODAY);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void a_form_has_no_mistakes(DemoProgram demo) {
        assertThat(FormRules.mistakes(demo.definition())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void a_rule_is_valid_and_reads_questions_of_the_form(DemoProgram demo) {
        for (EligibilityRule rule : demo.rules()) {
            Eligibility.validate(rule);
            assertThat(Eligibility.answersUsed(rule))
                    .isNotEmpty()
                    .allSatisfy(
                            id -> assertThat(demo.definition().field(id)).as(id).isPresent());
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void documents_name_file_questions_and_prefills_known_attributes(DemoProgram demo) {
        assertThat(demo.documents())
                .allSatisfy(document -> assertThat(demo.definition()
                                .field(document.field())
                                .orElseThrow()
                                .type())
                        .isEqualTo(FieldType.FILE));
        assertThat(demo.definition().fields().map(Field::prefill).filter(java.util.Objects::nonNull))
                .isSubsetOf(Demographics.ALL);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void every_text_is_there_in_every_language(DemoProgram demo) {
        List<LocalizedText> texts = new ArrayList<>(List.of(
                demo.profile().name(),
                demo.profile().audience(),
                demo.profile().benefit(),
                demo.profile().description(),
                demo.profile().afterwards(),
                demo.profile().dataUse(),
                demo.formTitle()));
        demo.rules().forEach(rule -> texts.add(rule.message()));
        demo.documents().forEach(document -> texts.add(document.name()));
        demo.rejectionReasons().forEach(reason -> texts.add(reason.text()));
        if (demo.suspension() != null) {
            texts.add(demo.suspension());
        }
        demo.definition().pages().forEach(page -> {
            texts.add(page.title());
            page.fields().forEach(field -> collect(field, texts));
        });
        assertThat(texts).allSatisfy(text -> {
            assertThat(text.byLanguage().keySet()).containsExactly("ar", "en", "fr");
            assertThat(text.byLanguage().values())
                    .allSatisfy(one -> assertThat(one).isNotBlank());
            assertThat(text.byLanguage().get("ar")).containsPattern("\\p{IsArabic}");
        });
    }

    @Test
    void every_kind_of_question_and_every_state_occurs() {
        Set<FieldType> types = EnumSet.noneOf(FieldType.class);
        Set<ProgramState> states = EnumSet.noneOf(ProgramState.class);
        Set<String> prefixes = new HashSet<>();
        programs().forEach(demo -> {
            demo.definition().fields().forEach(field -> types.add(field.type()));
            states.add(demo.state());
            assertThat(prefixes.add(demo.profile().referencePrefix())).isTrue();
        });
        assertThat(types).containsExactlyInAnyOrder(FieldType.values());
        assertThat(states).containsExactlyInAnyOrder(ProgramState.OPEN, ProgramState.SUSPENDED, ProgramState.CLOSED);
    }

    @Test
    void dates_are_counted_from_today() {
        DemoProgram meals = programs()
                .filter(demo -> demo.state() == ProgramState.CLOSED)
                .findFirst()
                .orElseThrow();
        assertThat(meals.profile().reopensOn()).isEqualTo(TODAY.plusDays(90));
    }

    @Test
    void the_rules_of_the_cash_program_tell_people_apart() {
        DemoProgram cash = programs().findFirst().orElseThrow();
        Map<String, Answer> answers = Map.of(
                "birthdate", Answer.text("1986-11-25"),
                "income", Answer.text("300"),
                "other_aid", Answer.text("no"));
        assertThat(verdict(cash, answers)).isEqualTo(Verdict.LIKELY);
        assertThat(verdict(cash, Map.of("birthdate", Answer.text("2010-01-01"))))
                .isEqualTo(Verdict.NOT_LIKELY);
        assertThat(verdict(cash, Map.of("birthdate", Answer.text("1986-11-25"))))
                .isEqualTo(Verdict.MAYBE);
    }

    private static Verdict verdict(DemoProgram demo, Map<String, Answer> answers) {
        return Eligibility.check(demo.rules(), answers, Map.of(), TODAY).verdict();
    }

    private static void collect(Field field, List<LocalizedText> texts) {
        texts.add(field.label());
        if (!field.hint().byLanguage().isEmpty()) {
            texts.add(field.hint());
        }
        field.options().forEach(option -> texts.add(option.label()));
        field.fields().forEach(inner -> collect(inner, texts));
    }
}
