package org.selfservice.web.analytics;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.analytics.AnalyticsQuery.CountFacts;
import org.selfservice.kernel.analytics.AnalyticsQuery.Dimension;
import org.selfservice.kernel.analytics.AnalyticsQuery.Facts;
import org.selfservice.kernel.analytics.AnalyticsQuery.FindFacts;
import org.selfservice.kernel.analytics.AnalyticsQuery.Sample;
import org.selfservice.kernel.analytics.ApplicationFacts;
import org.selfservice.web.Portal;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** All facts of a sample as one file. It is read and written page by page, so that its length does not matter. */
@Component
public class FactsFile {
    private static final int PAGE = 1000;

    private final Portal portal;

    FactsFile(Portal portal) {
        this.portal = portal;
    }

    /** RFC 4180, with a byte order mark, as spreadsheets take it for another encoding without one. */
    public void writeCsv(Sample sample, OutputStream to) throws IOException {
        Writer out = writer(to);
        out.write('\uFEFF');
        out.write(Arrays.stream(Column.values()).map(Column::title).collect(Collectors.joining(",", "", "\r\n")));
        write(
                sample,
                out,
                facts -> Arrays.stream(Column.values())
                        .map(column -> cell(column.of(facts)))
                        .collect(Collectors.joining(",", "", "\r\n")));
    }

    /** One JSON object a line. */
    public void writeLines(Sample sample, OutputStream to) throws IOException {
        write(sample, writer(to), facts -> JsonMapper.shared().writeValueAsString(row(facts)) + "\n");
    }

    /** People type regions: one that few have might tell who somebody is. */
    public record Regions(Set<String> known) {
        public ApplicationFacts only(ApplicationFacts facts) {
            return facts.region() == null || known.contains(facts.region()) ? facts : facts.withoutRegion();
        }
    }

    /** Those of enough people, among all that may be read. */
    public Regions regions() {
        return new Regions(portal.ask(new CountFacts(Sample.ALL, List.of(Dimension.REGION))).counts().stream()
                .filter(one -> !Suppression.hides(one.count()))
                .map(one -> one.of().getOrDefault(Dimension.REGION, ""))
                .collect(Collectors.toUnmodifiableSet()));
    }

    public static Map<String, @Nullable Object> row(ApplicationFacts facts) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (Column column : Column.values()) {
            row.put(column.title(), column.of(facts));
        }
        return row;
    }

    private interface Line {
        String of(ApplicationFacts facts);
    }

    private void write(Sample sample, Writer out, Line line) throws IOException {
        Regions known = regions();
        String after = null;
        do {
            Facts page = portal.ask(new FindFacts(sample, after, PAGE));
            for (ApplicationFacts facts : page.facts()) {
                out.write(line.of(known.only(facts)));
            }
            out.flush();
            after = page.next();
        } while (after != null);
    }

    private static Writer writer(OutputStream to) {
        return new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
    }

    /** What a spreadsheet would take for a formula is text (OWASP, CSV Injection). */
    static String cell(@Nullable Object value) {
        String text = Objects.toString(value, "");
        boolean isFormula = value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        String safe = isFormula ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
