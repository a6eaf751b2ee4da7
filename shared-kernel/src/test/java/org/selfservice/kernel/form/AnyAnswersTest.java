package org.selfservice.kernel.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.kernel.form.SampleForm.CURRENCY;
import static org.selfservice.kernel.form.SampleForm.TODAY;
import static org.selfservice.kernel.form.SampleForm.choice;
import static org.selfservice.kernel.form.SampleForm.field;
import static org.selfservice.kernel.form.SampleForm.page;
import static org.selfservice.kernel.form.SampleForm.pageWhen;
import static org.selfservice.kernel.form.SampleForm.pages;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.form.FormRules.Problem;

/** What holds whatever is typed into whichever question, tried with a thousand forms full of answers that nobody thought of. */
class AnyAnswersTest {
    private static final List<String> TYPED = List.of(
            "",
            " ",
            "yes",
            "NO",
            "a",
            "b",
            "12",
            "1.200",
            "1,5",
            "-3",
            "٣",
            "२.५",
            "00254712345678",
            "0712345678",
            "+12025550112",
            "1987-11-25",
            "1987/2/31",
            "31",
            "2",
            "1987",
            "Lena.D@EXAMPLE.org",
            "İ@İSTANBUL.org",
            "\u202Ex\u200F",
            "e\u0301",
            "\u1100\u1161",
            "\uD800",
            "\uFEFF",
            "\u0000",
            "\r\n",
            "👩🏽‍🌾",
            "ﷺ",
            "\u0344\u0301");

    private final FormDefinition form = pages(
                    page(
                            "one",
                            field("text", FieldType.TEXT),
                            field("number", FieldType.NUMBER),
                            choice("radios", FieldType.RADIOS, "a", "b"),
                            field("yn", FieldType.YES_NO).orNotKnown()),
                    pageWhen(
                            "two",
                            Condition.is("yn", "yes"),
                            field("long", FieldType.LONG_TEXT).optional(),
                            field("money", FieldType.MONEY),
                            field("date", FieldType.DATE).within(Constraints.past(null)),
                            choice("boxes", FieldType.CHECKBOXES, "a", "b")
                                    .when(new Condition(
                                            Condition.Match.ALL,
                                            List.of(new Condition.Test("number", Condition.Operator.AT_LEAST, "2"))))),
                    page(
                            "three",
                            field("phone", FieldType.PHONE),
                            field("mail", FieldType.EMAIL),
                            field("home", FieldType.ADDRESS),
                            choice("list", FieldType.SELECT, "a", "b").when(Condition.includes("boxes", "a")),
                            field("members", FieldType.GROUP)
                                    .asking(List.of(
                                            field("text", FieldType.TEXT),
                                            field("wage", FieldType.MONEY).when(Condition.is("yn", "yes"))))))
            .in("KE");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void rules_agree_with_themselves(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Map<String, Answer> typed = answers(random, form.fields().toList(), 0);
            Map<String, Answer> stored = FormRules.normalize(form, typed, CURRENCY);

            assertThat(FormRules.normalize(form, stored, CURRENCY))
                    .as("stored answers stay as they are")
                    .isEqualTo(stored);
            assertThat(FormRules.asked(form, stored))
                    .as("stored answers lead to the same questions")
                    .isEqualTo(FormRules.asked(form, typed))
                    .containsAll(stored.keySet());
            assertThat(FormRules.unknown(form, stored).stream()
                            .filter(path -> !path.contains("[") && !path.contains(".")))
                    .isEmpty();
            assertThat(codes(FormRules.problems(form, stored, TODAY, CURRENCY)))
                    .as("stored answers have the same problems")
                    .isEqualTo(codes(FormRules.problems(form, typed, TODAY, CURRENCY)));
            assertThat(FormRules.problems(form, stored, TODAY, CURRENCY))
                    .as("the form's problems are its pages' problems")
                    .containsExactlyElementsOf(form.pages().stream()
                            .flatMap(page -> FormRules.problems(form, page, stored, TODAY, CURRENCY).stream())
                            .toList());
            stored.values().forEach(AnyAnswersTest::assertStorable);
        }
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.path().replaceAll("\\[\\d+]", "[]") + problem.code() + problem.details())
                .toList();
    }

    private static void assertStorable(Answer answer) {
        if (answer instanceof Answer.Text(String text)) {
            assertThat(Normalizer.isNormalized(text, Normalizer.Form.NFC)).isTrue();
            assertThat(text.codePoints())
                    .noneMatch(c ->
                            Character.getType(c) == Character.SURROGATE || (Character.isISOControl(c) && c != '\n'));
        }
    }

    private static Map<String, Answer> answers(Random random, List<Field> fields, int depth) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (Field field : fields) {
            if (random.nextInt(8) > 0) {
                answers.put(field.id(), answer(random, field, depth));
            }
        }
        return answers;
    }

    private static Answer answer(Random random, Field field, int depth) {
        return switch (random.nextInt(12)) {
            case 0 -> new Answer.DontKnow();
            case 1, 2 -> new Answer.Choices(List.of(text(random), text(random), "a"));
            case 3 -> parts(random, "day", "month", "year");
            case 4 -> parts(random, "line1", "town", "postcode", "planet");
            case 5, 6, 7 -> depth > 0 ? Answer.text(text(random)) : rows(random, field);
            default -> Answer.text(text(random));
        };
    }

    private static Answer rows(Random random, Field field) {
        List<Map<String, Answer>> rows = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            rows.add(answers(random, field.fields(), 1));
        }
        return new Answer.Rows(rows);
    }

    private static Answer parts(Random random, String... names) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String name : names) {
            parts.put(name, text(random));
        }
        return new Answer.Parts(parts);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        do {
            text.append(
                    random.nextInt(6) > 0
                            ? TYPED.get(random.nextInt(TYPED.size()))
                            : Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1)));
        } while (random.nextInt(4) == 0);
        return text.toString();
    }
}
