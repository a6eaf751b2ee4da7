package org.selfservice.kernel.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.FormChanges.Aspect;

class FormChangesTest {
    private static final Field NAME = text("name", "Name");
    private static final Field AGE = Field.of("age", FieldType.NUMBER, LocalizedText.en("Age"));
    private static final Field TOWN = text("town", "Town");
    private static final Field MEMBERS =
            Field.of("members", FieldType.GROUP, LocalizedText.en("Members")).asking(List.of(NAME, AGE));

    @Test
    void nothingDiffersFromItself() {
        FormDefinition form = form(page("you", NAME, AGE, MEMBERS));
        assertThat(FormChanges.between(form, form).isEmpty()).isTrue();
        assertThat(FormChanges.lost(form, form)).isEmpty();
    }

    @Test
    void questionsAreAddedRemovedAndChanged() {
        FormChanges changes = FormChanges.between(
                form(page("you", NAME, AGE)),
                form(page("you", text("name", "Full name").optional(), TOWN)));

        assertThat(changes.fields()).extracting(FormChanges.FieldChange::path).containsExactly("name", "town", "age");
        assertThat(changes.fields().getFirst().aspects()).containsExactly(Aspect.LABEL, Aspect.REQUIRED);
        assertThat(changes.fields().get(1).before()).isNull();
        assertThat(changes.fields().get(2).after()).isNull();
    }

    @Test
    void pagesAreAddedRemovedAndChanged() {
        FormChanges changes = FormChanges.between(
                form(page("you", NAME), page("old", AGE)), form(page("new", AGE), page("you", NAME)));

        assertThat(changes.pages()).extracting(FormChanges.PageChange::id).containsExactly("new", "old");
        assertThat(changes.fields())
                .singleElement()
                .satisfies(change -> assertThat(change.aspects()).contains(Aspect.PAGE));
    }

    @Test
    void oneThatMovedIsTheOnlyOneThatMoved() {
        FormChanges changes =
                FormChanges.between(form(page("you", NAME, AGE, TOWN)), form(page("you", AGE, TOWN, NAME)));

        assertThat(changes.fields()).singleElement().satisfies(change -> {
            assertThat(change.path()).isEqualTo("name");
            assertThat(change.aspects()).isEqualTo(Set.of(Aspect.ORDER));
        });
    }

    @Test
    void questionsOfAGroupAreComparedByTheirPaths() {
        FormChanges changes = FormChanges.between(
                form(page("you", MEMBERS)), form(page("you", MEMBERS.asking(List.of(NAME.optional(), TOWN)))));

        assertThat(changes.fields())
                .extracting(FormChanges.FieldChange::path)
                .containsExactly("members.name", "members.town", "members.age");
    }

    @Test
    void anAnswerIsKeptWhereTheQuestionStaysOfItsKind() {
        FormDefinition before = form(page("you", NAME, AGE, TOWN, MEMBERS));
        FormDefinition after = form(
                page("other", text("name", "Full name")),
                page("you", text("age", "Age"), MEMBERS.asking(List.of(NAME, AGE, TOWN))));

        assertThat(FormChanges.lost(before, after)).extracting(Field::id).containsExactly("age", "town");
        assertThat(FormChanges.lost(before, form(page("you", MEMBERS.asking(List.of(NAME))))))
                .contains(MEMBERS);
    }

    @Test
    void anotherCountryIsAChange() {
        FormDefinition form = form(page("you", NAME));
        assertThat(FormChanges.between(form, form.in("KE")).region()).isTrue();
    }

    private static Field text(String id, String label) {
        return Field.of(id, FieldType.TEXT, LocalizedText.en(label));
    }

    private static Page page(String id, Field... fields) {
        return new Page(id, LocalizedText.en(id), LocalizedText.EMPTY, null, Arrays.asList(fields));
    }

    private static FormDefinition form(Page... pages) {
        return new FormDefinition(Arrays.asList(pages));
    }
}
