package org.selfservice.web.enrolment.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Refused;
import org.selfservice.web.enrolment.staff.PaymentList.Row;

class PaymentListTest {
    private static final String COLUMNS = "enrolment,entitlement,reference,amount,paid_on\n";
    private static final Row ROW = new Row(2, "CASH-1", "2026-12", "BANK \"7\", main", "1,200.50", "2026-12-03");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enrolment,entitlement,reference,amount,paid_on\nCASH-1,2026-12,\"BANK \"\"7\"\", main\",\"1,200.50\",2026-12-03",
                "\uFEFFEnrolment;Entitlement;Reference;Amount;Paid_on\r\n CASH-1 ;2026-12;\"BANK \"\"7\"\", main\";1,200.50;2026-12-03\r\n",
                "paid_on,note,amount,reference,entitlement,enrolment\n\n2026-12-03,x,\"1,200.50\",\"BANK \"\"7\"\", main\",2026-12,CASH-1\n"
            })
    void a_table_is_read_as_spreadsheets_and_banks_write_it(String table) {
        assertThat(PaymentList.read(table)).containsExactly(ROW);
    }

    @Test
    void rows_that_are_written_are_read_the_same() {
        assertThat(PaymentList.read(PaymentList.write(List.of(ROW)))).containsExactly(ROW);
    }

    @Test
    void a_row_that_ends_early_is_there_without_its_last_cells() {
        assertThat(PaymentList.read(COLUMNS + "CASH-1,2026-12"))
                .containsExactly(new Row(2, "CASH-1", "2026-12", "", "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|columns",
                "enrolment,entitlement,reference,amount|columns",
                "enrolment,entitlement,reference,amount,paid_on|rows",
                "enrolment,entitlement,reference,amount,paid_on@\"CASH|line"
            })
    void what_cannot_be_read_as_a_whole_is_refused_as_a_whole(String table, String what) {
        assertThatThrownBy(() -> PaymentList.read(table.replace("@", "\n")))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.details()).containsEntry("field", what));
    }

    @Test
    void more_rows_than_one_waits_for_are_refused() {
        assertThatThrownBy(() -> PaymentList.read(COLUMNS + "CASH-1,a,b,1,2026-12-03\n".repeat(1_001)))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.details()).containsEntry("field", "rows"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1,200.50|1200.5", "1 200,50|1200.5", "١٢٠٠|1200", "20|20"})
    void an_amount_is_read_as_in_a_form(String typed, String amount) {
        Money money = Entry.parseMoney(typed, "KES");
        assertThat(money).isNotNull();
        assertThat(money.amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a lot", "1.2.3", "-"})
    void what_is_no_amount_is_none(String typed) {
        assertThat(Entry.parseMoney(typed, "KES")).isNull();
    }
}
