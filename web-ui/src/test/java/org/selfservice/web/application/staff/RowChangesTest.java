package org.selfservice.web.application.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfservice.web.application.staff.RowChanges.Cell;
import org.selfservice.web.application.staff.RowChanges.Kind;
import org.selfservice.web.form.AnswerText.Line;
import org.selfservice.web.form.AnswerText.Row;

class RowChangesTest {
    private static final Row AMAL = child("Amal", "7");
    private static final Row BADR = child("Badr", "5");

    @Test
    void rowsThatStayAreLeftOutWhereverTheyStand() {
        assertThat(RowChanges.between(List.of(AMAL, BADR), List.of(BADR, AMAL))).isEmpty();
    }

    @Test
    void aRowOfTheSameTitleTellsWhatChangedInIt() {
        assertThat(RowChanges.between(List.of(AMAL, BADR), List.of(BADR, child("Amal", "8"))))
                .containsExactly(new RowChanges.Row(Kind.CHANGED, "Amal", List.of(new Cell("Age", "7", "8"))));
    }

    @Test
    void aRowThatCameHasNothingBefore() {
        assertThat(RowChanges.between(List.of(AMAL), List.of(AMAL, BADR)))
                .containsExactly(new RowChanges.Row(
                        Kind.ADDED, "Badr", List.of(new Cell("Name", "", "Badr"), new Cell("Age", "", "5"))));
    }

    @Test
    void aRowThatWentHasNothingAfter() {
        assertThat(RowChanges.between(List.of(AMAL, BADR), List.of(BADR)))
                .containsExactly(new RowChanges.Row(
                        Kind.REMOVED, "Amal", List.of(new Cell("Name", "Amal", ""), new Cell("Age", "7", ""))));
    }

    @Test
    void aRowWhoseTitleChangedIsTheSameRow() {
        assertThat(RowChanges.between(List.of(AMAL, BADR), List.of(AMAL, child("Zain", "5"))))
                .containsExactly(new RowChanges.Row(Kind.CHANGED, "Zain", List.of(new Cell("Name", "Badr", "Zain"))));
    }

    @Test
    void twoRowsOfOneTitleAreTwo() {
        assertThat(RowChanges.between(List.of(AMAL, AMAL), List.of(AMAL)))
                .extracting(RowChanges.Row::kind)
                .containsExactly(Kind.REMOVED);
    }

    private static Row child(String name, String age) {
        return new Row(name, List.of(new Line("Name", List.of(name)), new Line("Age", List.of(age))));
    }
}
