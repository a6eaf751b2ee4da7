package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.analytics.AnalyticsQuery.CountFacts;
import org.selfservice.kernel.analytics.AnalyticsQuery.Dimension;
import org.selfservice.kernel.analytics.AnalyticsQuery.FactCount;
import org.selfservice.kernel.analytics.AnalyticsQuery.FindFacts;
import org.selfservice.kernel.analytics.AnalyticsQuery.MeasureTimes;
import org.selfservice.kernel.analytics.AnalyticsQuery.PaymentSum;
import org.selfservice.kernel.analytics.AnalyticsQuery.Percentiles;
import org.selfservice.kernel.analytics.AnalyticsQuery.Sample;
import org.selfservice.kernel.analytics.AnalyticsQuery.SumPayments;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.web.Portal;
import org.selfservice.web.analytics.Column;
import org.selfservice.web.analytics.FactsFile;
import org.selfservice.web.analytics.Suppression;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/analytics")
@Tag(name = "Analytics")
class AnalyticsEndpoints {
    private final Portal portal;
    private final FactsFile file;
    private final MessageSource texts;

    AnalyticsEndpoints(Portal portal, FactsFile file, MessageSource texts) {
        this.portal = portal;
        this.file = file;
        this.texts = texts;
    }

    /** @param from first day on which applications were begun, or payments made; {@code until} the last */
    record Wanted(
            @Nullable ProgramCode program,
            @Nullable String region,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {
        Sample sample() {
            return new Sample(program, region == null || region.isBlank() ? null : region, from, until, null);
        }
    }

    /**
     * @param counts without regions that are of too few, as people type them
     * @param fewest that a number is shown of
     */
    record Counts(List<Count> counts, int fewest) {}

    /** @param count null when it is left out */
    record Count(Map<Dimension, String> of, @Nullable Long count) {}

    /** @param minutesToSend null when too few were sent */
    record Durations(
            @Nullable Percentiles minutesToSend, @Nullable Percentiles hoursToDecide) {}

    record Payments(List<Payment> payments, int fewest) {}

    /** @param payments null, as its amount, when it is left out */
    record Payment(
            ProgramCode program,
            String month,
            String currency,
            @Nullable Long payments,
            @Nullable BigDecimal amount) {}

    /** @param rows by the titles of the columns */
    record Rows(
            List<Map<String, @Nullable Object>> rows,
            @Nullable String next) {}

    record Dictionary(List<ColumnMeaning> columns) {}

    record ColumnMeaning(String name, Column.Type type, String meaning) {}

    @Operation(
            operationId = "countApplications",
            summary = "How many applications there are, by what they have in common")
    @GetMapping("/counts")
    Counts count(@ModelAttribute Wanted wanted, @RequestParam(defaultValue = "") List<Dimension> by) {
        List<FactCount> counts = portal.ask(new CountFacts(wanted.sample(), by)).counts();
        List<@Nullable Long> shown =
                Suppression.ofParts(counts.stream().map(FactCount::count).toList());
        return new Counts(
                IntStream.range(0, counts.size())
                        .filter(i -> shown.get(i) != null || !by.contains(Dimension.REGION))
                        .mapToObj(i -> new Count(counts.get(i).of(), shown.get(i)))
                        .toList(),
                Suppression.FEWEST);
    }

    @Operation(operationId = "measureTimes", summary = "How long people take to send and offices to decide")
    @GetMapping("/times")
    Durations times(@ModelAttribute Wanted wanted) {
        var times = portal.ask(new MeasureTimes(wanted.sample()));
        return new Durations(shown(times.minutesToSubmit()), shown(times.hoursToDecide()));
    }

    private static @Nullable Percentiles shown(Percentiles one) {
        return one.measured() < Suppression.FEWEST ? null : one;
    }

    @Operation(operationId = "sumPayments", summary = "What was paid, by program, month and currency")
    @GetMapping("/payments")
    Payments payments(@ModelAttribute Wanted wanted) {
        return new Payments(
                portal.ask(new SumPayments(wanted.sample())).sums().stream()
                        .map(AnalyticsEndpoints::shown)
                        .toList(),
                Suppression.FEWEST);
    }

    private static Payment shown(PaymentSum sum) {
        Long payments = Suppression.of(sum.payments());
        return new Payment(
                sum.program(), sum.month(), sum.currency(), payments, payments == null ? null : sum.amount());
    }

    @Operation(operationId = "findFacts", summary = "Applications without their people, page by page")
    @GetMapping("/applications")
    Rows rows(
            @ModelAttribute Wanted wanted,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        var page = portal.ask(new FindFacts(wanted.sample(), after, limit));
        FactsFile.Regions known = file.regions();
        return new Rows(
                page.facts().stream().map(known::only).map(FactsFile::row).toList(), page.next());
    }

    @Operation(
            operationId = "downloadFactsAsCsv",
            summary = "Applications without their people, all of them for a spreadsheet",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
    @GetMapping("/applications.csv")
    void csv(@ModelAttribute Wanted wanted, HttpServletResponse response) throws IOException {
        download(response, "text/csv", "applications.csv");
        file.writeCsv(wanted.sample(), response.getOutputStream());
    }

    @Operation(
            operationId = "downloadFactsAsLines",
            summary = "Applications without their people, all of them as one JSON object a line",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string"))))
    @GetMapping("/applications.ndjson")
    void lines(@ModelAttribute Wanted wanted, HttpServletResponse response) throws IOException {
        download(response, "application/x-ndjson", "applications.ndjson");
        file.writeLines(wanted.sample(), response.getOutputStream());
    }

    private static void download(HttpServletResponse response, String type, String name) {
        response.setContentType(type);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    }

    @Operation(operationId = "readDictionary", summary = "What the columns of the rows mean")
    @GetMapping("/dictionary")
    Dictionary dictionary(Locale locale) {
        return new Dictionary(Arrays.stream(Column.values())
                .map(column -> new ColumnMeaning(
                        column.title(), column.type(), texts.getMessage("dashboard.column." + column, null, locale)))
                .toList());
    }
}
