package org.selfservice.web.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.web.form.AnswerForm.parse;
import static org.selfservice.web.form.AnswerForm.unknown;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.Option;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

class AnswerFormTest {
    private static final Field NAME = field("name", FieldType.TEXT);
    private static final Field BIRTHDATE = field("birthdate", FieldType.DATE);
    private static final Field ADDRESS = field("address", FieldType.ADDRESS);
    private static final Field CROPS = field("crops", FieldType.CHECKBOXES)
            .choosing(List.of(
                    new Option("maize", LocalizedText.en("Maize")), new Option("beans", LocalizedText.en("Beans"))));
    private static final Field LAND = field("land", FieldType.FILE);
    private static final Field MEMBERS = field("members", FieldType.GROUP).asking(List.of(NAME, BIRTHDATE, CROPS));

    @ParameterizedTest
    @EnumSource(
            value = FieldType.class,
            names = {"TEXT", "LONG_TEXT", "NUMBER", "MONEY", "YES_NO", "RADIOS", "SELECT", "PHONE", "EMAIL"})
    void oneInputIsText(FieldType type) {
        assertThat(parse(List.of(field("it", type)), posted("answer.it", "as typed")))
                .isEqualTo(Map.of("it", Answer.text("as typed")));
    }

    @Test
    void aDateKeepsItsPartsAsTyped() {
        assertThat(parse(
                        List.of(BIRTHDATE),
                        posted(
                                "answer.birthdate.day",
                                "31",
                                "answer.birthdate.month",
                                "février",
                                "answer.birthdate.year",
                                "")))
                .isEqualTo(Map.of("birthdate", new Answer.Parts(Map.of("day", "31", "month", "février", "year", ""))));
    }

    @Test
    void anAddressHasFiveParts() {
        assertThat(parse(
                        List.of(ADDRESS),
                        posted(
                                "answer.address.line1", "1 Long Road",
                                "answer.address.line2", "",
                                "answer.address.town", "Kisumu",
                                "answer.address.region", "",
                                "answer.address.postcode", "40100")))
                .isEqualTo(Map.of(
                        "address",
                        new Answer.Parts(Map.of(
                                "line1",
                                "1 Long Road",
                                "line2",
                                "",
                                "town",
                                "Kisumu",
                                "region",
                                "",
                                "postcode",
                                "40100"))));
    }

    @Test
    void checkboxesAreChoicesWithoutRepetition() {
        assertThat(parse(
                        List.of(CROPS),
                        posted("answer.crops", "maize", "answer.crops", "beans", "answer.crops", "maize")))
                .isEqualTo(Map.of("crops", new Answer.Choices(List.of("maize", "beans"))));
    }

    @Test
    void aQuestionThatWasShownAndLeftEmptyIsEmpty() {
        assertThat(parse(
                        List.of(CROPS, BIRTHDATE, NAME),
                        posted("shown", "crops", "shown", "birthdate", "shown", "name")))
                .isEqualTo(Map.of(
                        "crops", new Answer.Choices(List.of()),
                        "birthdate", new Answer.Parts(Map.of()),
                        "name", Answer.text("")));
    }

    @Test
    void aQuestionThatWasNotShownIsNotTouched() {
        assertThat(parse(List.of(CROPS, BIRTHDATE, NAME), posted("shown", "crops")))
                .containsOnlyKeys("crops");
    }

    @Test
    void rowsAreInOrderAndEmptyOnesAreLeftOut() {
        assertThat(parse(
                        List.of(MEMBERS),
                        posted(
                                "answer.members[10].name", "Second",
                                "answer.members[2].name", "First",
                                "answer.members[2].birthdate.year", "1990",
                                "answer.members[3].name", " ",
                                "shown", "members[2].crops")))
                .isEqualTo(Map.of(
                        "members",
                        new Answer.Rows(List.of(
                                Map.of(
                                        "name",
                                        Answer.text("First"),
                                        "birthdate",
                                        new Answer.Parts(Map.of("year", "1990")),
                                        "crops",
                                        new Answer.Choices(List.of())),
                                Map.of("name", Answer.text("Second"))))));
    }

    @Test
    void oneRowIsParsedByItsPath() {
        assertThat(parse(
                        MEMBERS.fields(),
                        "members[2].",
                        posted("answer.members[2].name", "Amina", "shown", "members[2].crops"),
                        Map.of()))
                .isEqualTo(Map.of("name", Answer.text("Amina"), "crops", new Answer.Choices(List.of())));
    }

    @Test
    void iDoNotKnowIsAnAnswerOnlyWhereItIsAllowed() {
        MultiValueMap<String, String> posted = posted("answer.name", "", "answer.name.dont-know", "?");
        assertThat(parse(List.of(NAME.orNotKnown()), posted)).isEqualTo(Map.of("name", new Answer.DontKnow()));
        assertThat(parse(List.of(NAME), posted)).isEqualTo(Map.of("name", Answer.text("")));
        assertThat(unknown(List.of(NAME), "", posted)).containsExactly("answer.name.dont-know");
        assertThat(parse(List.of(CROPS.orNotKnown()), posted("answer.crops", "?")))
                .isEqualTo(Map.of("crops", new Answer.DontKnow()));
    }

    @Test
    void iDoNotKnowWinsWhenItIsNewAndGivesWayToWhatIsTypedLater() {
        List<Field> fields = List.of(NAME.orNotKnown());
        MultiValueMap<String, String> both = posted("answer.name", "Amina", "answer.name.dont-know", "?");
        assertThat(parse(fields, "", both, Map.of("name", Answer.text("Amina"))))
                .isEqualTo(Map.of("name", new Answer.DontKnow()));
        assertThat(parse(fields, "", both, Map.of("name", new Answer.DontKnow())))
                .isEqualTo(Map.of("name", Answer.text("Amina")));
    }

    @Test
    void aFileQuestionTakesNoAnswer() {
        assertThat(parse(List.of(LAND), posted("answer.land", "x", "shown", "land")))
                .isEmpty();
        assertThat(unknown(List.of(LAND), "", posted("answer.land", "x"))).containsExactly("answer.land");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a'b \"c\" <script>alert(1)</script> & {{x}} ${7*7} #{y}",
                "🧑🏾‍🌾 👨‍👩‍👧",
                "\u202Eevil\u202C \u200Fعائشة",
                "é q̣̇ Zoë",
                " leading and trailing "
            })
    void textsStayAsTyped(String text) {
        assertThat(parse(List.of(NAME), posted("answer.name", text))).isEqualTo(Map.of("name", Answer.text(text)));
    }

    @Test
    void tenThousandCharactersStay() {
        String text = "ä".repeat(10_000);
        assertThat(parse(List.of(NAME), posted("answer.name", text))).isEqualTo(Map.of("name", Answer.text(text)));
    }

    @Test
    void aLineEndIsOneCharacter() {
        assertThat(parse(List.of(field("story", FieldType.LONG_TEXT)), posted("answer.story", "one\r\ntwo\rthree")))
                .isEqualTo(Map.of("story", Answer.text("one\ntwo\nthree")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answer.",
                "answer.nobody",
                "answer.name.first",
                "answer.name[0]",
                "answer.birthdate",
                "answer.birthdate.hour",
                "answer.birthdate.day.x",
                "answer.members",
                "answer.members[0]",
                "answer.members[0].nobody",
                "answer.members[-1].name",
                "answer.members[9999].name",
                "answer.members[0].name[0].name",
                "answer.members[0]name",
                "answer.__proto__",
                "answer.class.module.classLoader",
                "Answer.name",
                "name",
                "keep.nobody",
                "_method",
                ""
            })
    void aParameterThatNoQuestionHasIsUnknownAndBecomesNoAnswer(String parameter) {
        List<Field> fields = List.of(NAME, BIRTHDATE, MEMBERS);
        MultiValueMap<String, String> posted = posted(parameter, "x");
        assertThat(unknown(fields, "", posted)).containsExactly(parameter);
        assertThat(parse(fields, posted).values()).allMatch(Answer::isEmpty);
    }

    @Test
    void whatAPagePostsIsKnown() {
        assertThat(unknown(
                        List.of(NAME.orNotKnown(), BIRTHDATE, ADDRESS, CROPS, MEMBERS),
                        "",
                        posted(
                                "_csrf",
                                "x",
                                "exit",
                                "continue",
                                "basis",
                                "4",
                                "lang",
                                "fr",
                                "leave",
                                "sign-out",
                                "from",
                                "check",
                                "shown",
                                "name",
                                "keep.name",
                                "mine",
                                "answer.name",
                                "A",
                                "answer.name.dont-know",
                                "?",
                                "answer.birthdate.month",
                                "2",
                                "answer.address.town",
                                "T",
                                "answer.crops",
                                "maize",
                                "answer.members[12].birthdate.day",
                                "3",
                                "keep.members",
                                "theirs")))
                .isEmpty();
    }

    @Test
    void aRowOfAnotherNumberIsUnknownToARowsPage() {
        assertThat(unknown(MEMBERS.fields(), "members[2].", posted("answer.members[1].name", "x")))
                .containsExactly("answer.members[1].name");
    }

    @Test
    void severalValuesWhereOneIsMeantCountAsTheFirst() {
        assertThat(parse(List.of(NAME), posted("answer.name", "one", "answer.name", "two")))
                .isEqualTo(Map.of("name", Answer.text("one")));
    }

    @Test
    void aThousandChoicesAndRowsAreCut() {
        MultiValueMap<String, String> posted = new LinkedMultiValueMap<>();
        for (int i = 0; i < 1000; i++) {
            posted.add("answer.crops", "c" + i);
            posted.add("answer.members[" + i + "].name", "n" + i);
        }
        Map<String, Answer> answers = parse(List.of(CROPS, MEMBERS), posted);
        assertThat(((Answer.Choices) answers.get("crops")).values()).hasSize(200);
        assertThat(((Answer.Rows) answers.get("members")).rows()).hasSize(200);
    }

    private static Field field(String id, FieldType type) {
        return Field.of(id, type, LocalizedText.en(id));
    }

    private static MultiValueMap<String, String> posted(String... namesAndValues) {
        MultiValueMap<String, String> posted = new LinkedMultiValueMap<>();
        List<String> all = Arrays.asList(namesAndValues);
        for (int i = 0; i < all.size(); i += 2) {
            posted.add(all.get(i), all.get(i + 1));
        }
        return posted;
    }
}
