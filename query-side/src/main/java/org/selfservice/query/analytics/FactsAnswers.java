package org.selfservice.query.analytics;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.analytics.AnalyticsQuery.CountFacts;
import org.selfservice.kernel.analytics.AnalyticsQuery.CountPages;
import org.selfservice.kernel.analytics.AnalyticsQuery.Dimension;
import org.selfservice.kernel.analytics.AnalyticsQuery.FactCount;
import org.selfservice.kernel.analytics.AnalyticsQuery.FactCounts;
import org.selfservice.kernel.analytics.AnalyticsQuery.Facts;
import org.selfservice.kernel.analytics.AnalyticsQuery.FindFacts;
import org.selfservice.kernel.analytics.AnalyticsQuery.MeasureTimes;
import org.selfservice.kernel.analytics.AnalyticsQuery.PageCount;
import org.selfservice.kernel.analytics.AnalyticsQuery.PageCounts;
import org.selfservice.kernel.analytics.AnalyticsQuery.PaymentSum;
import org.selfservice.kernel.analytics.AnalyticsQuery.PaymentSums;
import org.selfservice.kernel.analytics.AnalyticsQuery.Percentiles;
import org.selfservice.kernel.analytics.AnalyticsQuery.Sample;
import org.selfservice.kernel.analytics.AnalyticsQuery.SumPayments;
import org.selfservice.kernel.analytics.AnalyticsQuery.Times;
import org.selfservice.kernel.analytics.ApplicationFacts;
import org.selfservice.kernel.analytics.PaymentFacts;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.query.Cursor;
import org.selfservice.query.Live;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

/** Counts and sums over facts. Months are summed up from days, of which there are few. */
@Component
final class FactsAnswers {
    private static final String STARTED_AT = "startedAt";
    private static final int AT_MOST = 1000;

    private final Live<ApplicationFacts> facts;
    private final Live<PaymentFacts> payments;

    FactsAnswers(FactsView facts, PaymentFactsView payments, ViewStore store) {
        this.facts = store.live(facts);
        this.payments = store.live(payments);
    }

    @QueryHandler
    Facts some(FindFacts query) {
        if (query.limit() < 1 || query.limit() > AT_MOST) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "limit"));
        }
        Document filter = filter(query.sample());
        Cursor.parseOldestFirst(query.after()).onwardOldestFirst(filter, STARTED_AT);
        List<ApplicationFacts> found = facts.list(filter, Cursor.sortOldestFirst(STARTED_AT), query.limit() + 1);
        List<ApplicationFacts> page = found.stream().limit(query.limit()).toList();
        return new Facts(page, found.size() > page.size() ? after(page.getLast()) : null);
    }

    @QueryHandler
    FactCounts count(CountFacts query) {
        Document id = new Document();
        query.by().forEach(dimension -> id.append(dimension.name(), "$" + field(dimension)));
        Map<Map<Dimension, String>, Long> counts = new LinkedHashMap<>();
        group(filter(query.sample()), id, new Document("count", new Document("$sum", 1L)))
                .forEach(row -> counts.merge(values(query.by(), row), count(row), Long::sum));
        return new FactCounts(counts.entrySet().stream()
                .map(entry -> new FactCount(entry.getKey(), entry.getValue()))
                .toList());
    }

    @QueryHandler
    Times times(MeasureTimes query) {
        return new Times(percentiles(query.sample(), "minutesToSubmit"), percentiles(query.sample(), "hoursToDecide"));
    }

    @QueryHandler
    PageCounts pages(CountPages query) {
        Document begun = filter(query.sample()).append("form", FactsView.form(query.form(), query.version()));
        List<PageCount> pages = query.pages().stream()
                .map(page -> new PageCount(
                        page.page(),
                        total(new Document(begun)
                                .append("body.answered", new Document("$in", List.copyOf(page.fields()))))))
                .toList();
        return new PageCounts(
                total(begun), pages, total(new Document(begun).append("daySent", new Document("$gt", ""))));
    }

    @QueryHandler
    PaymentSums sum(SumPayments query) {
        Sample sample = query.sample();
        Document filter = programs(sample);
        span(filter, "paidOn", sample.from(), sample.until());
        Document id =
                new Document("program", "$program").append("month", "$month").append("currency", "$currency");
        Document sums =
                new Document("count", new Document("$sum", 1L)).append("amount", new Document("$sum", "$amount"));
        return new PaymentSums(payments.aggregate(List.of(new Document("$match", filter), group(id, sums))).stream()
                .map(row -> sum(row.get("_id", Document.class), row))
                .toList());
    }

    private static PaymentSum sum(Document of, Document row) {
        return new PaymentSum(
                new ProgramCode(of.getString("program")),
                of.getString("month"),
                of.getString("currency"),
                count(row),
                row.get("amount") instanceof Decimal128 exact ? exact.bigDecimalValue() : BigDecimal.ZERO);
    }

    private Percentiles percentiles(Sample sample, String field) {
        Document filter = filter(sample).append(field, new Document("$gte", 0L));
        List<long[]> counts =
                group(filter, new Document("value", "$" + field), new Document("count", new Document("$sum", 1L)))
                        .stream()
                        .map(row -> new long[] {
                            ((Number) row.get("_id", Document.class).get("value")).longValue(), count(row)
                        })
                        .sorted((one, other) -> Long.compare(one[0], other[0]))
                        .toList();
        long measured = counts.stream().mapToLong(one -> one[1]).sum();
        return new Percentiles(
                measured,
                rank(counts, measured, 25),
                rank(counts, measured, 50),
                rank(counts, measured, 75),
                rank(counts, measured, 90));
    }

    private static long rank(List<long[]> counts, long measured, int percent) {
        long wanted = (measured * percent + 99) / 100;
        long seen = 0;
        for (long[] one : counts) {
            seen += one[1];
            if (seen >= wanted) {
                return one[0];
            }
        }
        return 0;
    }

    private long total(Document filter) {
        return group(filter, new Document(), new Document("count", new Document("$sum", 1L))).stream()
                .mapToLong(FactsAnswers::count)
                .sum();
    }

    private List<Document> group(Document filter, Document id, Document sums) {
        return facts.aggregate(List.of(new Document("$match", filter), group(id, sums)));
    }

    private static Document group(Document id, Document sums) {
        Document group = new Document("_id", id);
        group.putAll(sums);
        return new Document("$group", group);
    }

    private static long count(Document row) {
        return ((Number) row.get("count")).longValue();
    }

    private static Map<Dimension, String> values(List<Dimension> by, Document row) {
        Map<Dimension, String> values = new EnumMap<>(Dimension.class);
        Document of = row.get("_id", Document.class);
        for (Dimension dimension : by) {
            String value = of.getString(dimension.name());
            if (value != null) {
                values.put(dimension, isMonth(dimension) ? value.substring(0, 7) : value);
            }
        }
        return new HashMap<>(values);
    }

    private static boolean isMonth(Dimension dimension) {
        return switch (dimension) {
            case MONTH_STARTED, MONTH_SENT, MONTH_DECIDED -> true;
            default -> false;
        };
    }

    private static String field(Dimension dimension) {
        return switch (dimension) {
            case PROGRAM -> "program";
            case REGION -> "region";
            case LANGUAGE -> "language";
            case CHANNEL -> "channel";
            case STATE -> "state";
            case REASON -> "reason";
            case DAY_STARTED, MONTH_STARTED -> "dayStarted";
            case DAY_SENT, MONTH_SENT -> "daySent";
            case DAY_DECIDED, MONTH_DECIDED -> "dayDecided";
        };
    }

    private static Document filter(Sample sample) {
        Document filter = programs(sample);
        if (sample.region() != null) {
            filter.append("region", sample.region());
        }
        span(filter, STARTED_AT, sample.from(), sample.until());
        return filter;
    }

    private static Document programs(Sample sample) {
        Set<ProgramCode> within = sample.within();
        if (sample.program() != null && (within == null || within.contains(sample.program()))) {
            return new Document("program", sample.program().value());
        }
        return within == null
                ? new Document()
                : new Document(
                        "program",
                        new Document(
                                "$in",
                                sample.program() != null
                                        ? List.of()
                                        : within.stream()
                                                .map(ProgramCode::value)
                                                .toList()));
    }

    private static void span(Document filter, String field, @Nullable LocalDate from, @Nullable LocalDate until) {
        Document span = new Document();
        if (from != null) {
            span.append("$gte", start(from));
        }
        if (until != null) {
            span.append("$lt", start(until.plusDays(1)));
        }
        if (!span.isEmpty()) {
            filter.append(field, span);
        }
    }

    private static Date start(LocalDate day) {
        return Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static String after(ApplicationFacts one) {
        return new Cursor(one.startedAt() == null ? new Date(0) : Date.from(one.startedAt()), one.id()).toString();
    }
}
