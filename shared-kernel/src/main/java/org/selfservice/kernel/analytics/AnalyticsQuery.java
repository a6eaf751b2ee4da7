package org.selfservice.kernel.analytics;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.program.ProgramCode;

/** What analysts may ask. Answers hold true numbers: who shows them leaves out the small ones. */
public sealed interface AnalyticsQuery<A> extends Query<A> {
    Sample sample();

    /** The same for other applications. */
    AnalyticsQuery<A> of(Sample sample);

    /**
     * Which applications, or payments, are meant; null for all.
     *
     * @param from first day on which they were begun, or paid, in UTC
     * @param until the last such day
     * @param within programs that may be read
     */
    record Sample(
            @Nullable ProgramCode program,
            @Nullable String region,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable Set<ProgramCode> within) {
        public static final Sample ALL = new Sample(null, null, null, null, null);

        public Sample within(Set<ProgramCode> programs) {
            return new Sample(program, region, from, until, programs);
        }
    }

    enum Dimension {
        PROGRAM,
        REGION,
        LANGUAGE,
        CHANNEL,
        STATE,
        /** Code of a rejection's reason. */
        REASON,
        /** ISO 8601, in UTC, as all that follow. */
        DAY_STARTED,
        DAY_SENT,
        DAY_DECIDED,
        MONTH_STARTED,
        MONTH_SENT,
        MONTH_DECIDED
    }

    /**
     * A page of facts, those first that were begun first.
     *
     * @param after the last page's {@link Facts#next()}; null for the first page
     * @param limit 1 to 1000
     */
    record FindFacts(Sample sample, @Nullable String after, int limit) implements AnalyticsQuery<Facts> {
        @Override
        public Class<Facts> answer() {
            return Facts.class;
        }

        @Override
        public FindFacts of(Sample other) {
            return new FindFacts(other, after, limit);
        }
    }

    record Facts(List<ApplicationFacts> facts, @Nullable String next) {}

    /** @param by none for one number; a dimension's value is missing where an application has none */
    record CountFacts(Sample sample, List<Dimension> by) implements AnalyticsQuery<FactCounts> {
        @Override
        public Class<FactCounts> answer() {
            return FactCounts.class;
        }

        @Override
        public CountFacts of(Sample other) {
            return new CountFacts(other, by);
        }
    }

    record FactCounts(List<FactCount> counts) {
        public long total() {
            return counts.stream().mapToLong(FactCount::count).sum();
        }
    }

    record FactCount(Map<Dimension, String> of, long count) {}

    record MeasureTimes(Sample sample) implements AnalyticsQuery<Times> {
        @Override
        public Class<Times> answer() {
            return Times.class;
        }

        @Override
        public MeasureTimes of(Sample other) {
            return new MeasureTimes(other);
        }
    }

    /**
     * @param minutesToSubmit from beginning to sending
     * @param hoursToDecide from sending to the last decision
     */
    record Times(Percentiles minutesToSubmit, Percentiles hoursToDecide) {}

    /** By nearest rank; all 0 where nothing was measured. */
    record Percentiles(long measured, long p25, long p50, long p75, long p90) {}

    /** How many, of those begun with this version of the form, answered something on each of its pages. */
    record CountPages(Sample sample, FormCode form, int version, List<PageFields> pages)
            implements AnalyticsQuery<PageCounts> {
        @Override
        public Class<PageCounts> answer() {
            return PageCounts.class;
        }

        @Override
        public CountPages of(Sample other) {
            return new CountPages(other, form, version, pages);
        }
    }

    record PageFields(String page, Set<String> fields) {}

    /** @param pages as asked for */
    record PageCounts(long begun, List<PageCount> pages, long sent) {}

    record PageCount(String page, long count) {}

    /** By program, month and currency. */
    record SumPayments(Sample sample) implements AnalyticsQuery<PaymentSums> {
        @Override
        public Class<PaymentSums> answer() {
            return PaymentSums.class;
        }

        @Override
        public SumPayments of(Sample other) {
            return new SumPayments(other);
        }
    }

    record PaymentSums(List<PaymentSum> sums) {}

    /** @param month ISO 8601 */
    record PaymentSum(ProgramCode program, String month, String currency, long payments, BigDecimal amount) {}
}
