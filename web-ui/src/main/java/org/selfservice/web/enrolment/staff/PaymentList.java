package org.selfservice.web.enrolment.staff;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/** Payments as a table in CSV (RFC 4180), as spreadsheets and banks write it: with commas or semicolons. */
public final class PaymentList {
    static final List<String> COLUMNS = List.of("enrolment", "entitlement", "reference", "amount", "paid_on");

    /** More are sent in several files: each is answered while one waits. */
    static final int MOST_ROWS = 1_000;

    public static final int MOST_BYTES = 1_000_000;

    private PaymentList() {}

    /** @param number of the row in the file, the one with the names of the columns being the first */
    public record Row(
            long number, String enrolment, String entitlement, String reference, String amount, String paidOn) {
        List<String> cells() {
            return List.of(enrolment, entitlement, reference, amount, paidOn);
        }
    }

    /** @throws Refused INVALID, detail {@code field}: columns, rows or line, when it cannot be read as a whole */
    public static List<Row> read(String text) {
        String table = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String first = table.lines().findFirst().orElse("");
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(first.contains(";") ? ';' : ',')
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreHeaderCase(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get();
        try (CSVParser parser = CSVParser.parse(table, format)) {
            Set<String> named = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            named.addAll(parser.getHeaderNames());
            if (!named.containsAll(COLUMNS)) {
                throw invalid("columns");
            }
            List<Row> rows = new ArrayList<>();
            for (CSVRecord record : parser) {
                rows.add(row(record));
            }
            if (rows.isEmpty() || rows.size() > MOST_ROWS) {
                throw invalid("rows");
            }
            return rows;
        } catch (IOException | UncheckedIOException | IllegalArgumentException unreadable) {
            throw invalid("line");
        }
    }

    /** @throws Refused INVALID, detail {@code field}: charset, when it is not UTF-8 */
    public static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException otherCharset) {
            throw invalid("charset");
        }
    }

    /** The same table again, of some of its rows. */
    static String write(List<Row> rows) {
        StringWriter table = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(table, CSVFormat.RFC4180)) {
            printer.printRecord(COLUMNS);
            for (Row row : rows) {
                printer.printRecord(row.cells());
            }
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
        return table.toString();
    }

    private static Row row(CSVRecord record) {
        return new Row(
                record.getRecordNumber() + 1,
                cell(record, "enrolment"),
                cell(record, "entitlement"),
                cell(record, "reference"),
                cell(record, "amount"),
                cell(record, "paid_on"));
    }

    /** A row that ends early lacks its last cells. */
    private static String cell(CSVRecord record, String column) {
        return record.isSet(column) ? record.get(column) : "";
    }

    private static Refused invalid(String what) {
        return new Refused(RefusalCode.INVALID, Map.of("field", what));
    }
}
