package org.selfservice.web.analytics;

import static org.selfservice.kernel.analytics.AnalyticsQuery.Dimension.DAY_SENT;
import static org.selfservice.kernel.analytics.AnalyticsQuery.Dimension.REASON;
import static org.selfservice.kernel.analytics.AnalyticsQuery.Dimension.STATE;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.analytics.AnalyticsQuery.CountFacts;
import org.selfservice.kernel.analytics.AnalyticsQuery.CountPages;
import org.selfservice.kernel.analytics.AnalyticsQuery.Dimension;
import org.selfservice.kernel.analytics.AnalyticsQuery.FactCount;
import org.selfservice.kernel.analytics.AnalyticsQuery.PageCounts;
import org.selfservice.kernel.analytics.AnalyticsQuery.PageFields;
import org.selfservice.kernel.analytics.AnalyticsQuery.Sample;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.FormQuery.FormVersion;
import org.selfservice.web.Portal;
import org.springframework.stereotype.Component;

/** The figures of the dashboard, without those that are about too few. */
@Component
class Figures {
    private static final Set<ApplicationState> OPEN =
            EnumSet.of(ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW, ApplicationState.INFORMATION_REQUESTED);
    /** Days; the last age has no end. */
    private static final List<Integer> AGES = List.of(7, 30, 90);

    static final String OTHERS = "";

    private final Portal portal;
    private final Clock clock;

    Figures(Portal portal, Clock clock) {
        this.portal = portal;
        this.clock = clock;
    }

    /**
     * A number with its bar.
     *
     * @param name what it is the number of: a code for the page to translate, or a value as it is
     * @param count null when it is about too few to be shown
     * @param share of the largest one, 0 to 100
     */
    record Bar(String name, @Nullable Long count, long share) {}

    /** @param month ISO 8601 */
    record Month(
            String month,
            @Nullable Long begun,
            @Nullable Long sent,
            @Nullable Long decided) {}

    /** How far people come. */
    List<Bar> funnel(Sample sample) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("begun", total(sample));
        counts.put("sent", known(sample, DAY_SENT));
        counts.put("decided", known(sample, Dimension.DAY_DECIDED));
        counts.put("approved", by(sample, STATE).getOrDefault(ApplicationState.APPROVED.name(), 0L));
        return steps(counts);
    }

    /** The same by the pages of one version of a form. */
    List<Bar> funnel(Sample sample, FormVersion version) {
        PageCounts pages = portal.ask(new CountPages(
                sample,
                version.form(),
                version.version(),
                version.definition().pages().stream()
                        .map(page -> new PageFields(
                                page.id(),
                                Set.copyOf(page.fields().stream()
                                        .map(field -> field.id())
                                        .toList())))
                        .toList()));
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("begun", pages.begun());
        pages.pages().forEach(page -> counts.put("page " + page.page(), page.count()));
        counts.put("sent", pages.sent());
        return steps(counts);
    }

    List<Month> months(Sample sample) {
        Map<String, Long> begun = by(sample, Dimension.MONTH_STARTED);
        Map<String, Long> sent = by(sample, Dimension.MONTH_SENT);
        Map<String, Long> decided = by(sample, Dimension.MONTH_DECIDED);
        Set<String> months = new TreeSet<>(begun.keySet());
        months.addAll(sent.keySet());
        months.addAll(decided.keySet());
        List<@Nullable Long> shownBegun = shown(months, begun);
        List<@Nullable Long> shownSent = shown(months, sent);
        List<@Nullable Long> shownDecided = shown(months, decided);
        List<Month> all = new ArrayList<>();
        for (String month : months) {
            int i = all.size();
            all.add(new Month(month, shownBegun.get(i), shownSent.get(i), shownDecided.get(i)));
        }
        return all;
    }

    List<Bar> states(Sample sample) {
        return parts(by(sample, STATE));
    }

    /** Rejections by the code of their reason. */
    List<Bar> reasons(Sample sample) {
        return parts(by(sample, REASON));
    }

    /** Those with few people are one, without a name: people type them, and few may know of one. */
    List<Bar> regions(Sample sample) {
        List<Bar> all = parts(by(sample, Dimension.REGION));
        List<Bar> named = new ArrayList<>(all);
        named.removeIf(bar -> bar.count() == null);
        if (named.size() < all.size()) {
            named.add(new Bar(OTHERS, null, 0));
        }
        return named;
    }

    List<Bar> channels(Sample sample) {
        return parts(by(sample, Dimension.CHANNEL));
    }

    List<Bar> languages(Sample sample) {
        return parts(by(sample, Dimension.LANGUAGE));
    }

    /** What waits for a decision, by the days since it was sent: under the name of the last day of each age. */
    List<Bar> ages(Sample sample) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<String, Long> counts = new LinkedHashMap<>();
        AGES.forEach(age -> counts.put(age.toString(), 0L));
        counts.put("older", 0L);
        for (FactCount one : counts(sample, STATE, DAY_SENT)) {
            String sent = one.of().get(DAY_SENT);
            if (sent != null && OPEN.contains(ApplicationState.valueOf(one.of().getOrDefault(STATE, "DRAFT")))) {
                long days = ChronoUnit.DAYS.between(LocalDate.parse(sent), today);
                String age = AGES.stream()
                        .filter(last -> days <= last)
                        .map(Object::toString)
                        .findFirst()
                        .orElse("older");
                counts.merge(age, one.count(), Long::sum);
            }
        }
        return parts(counts);
    }

    /** Regions that a sample may be narrowed to: with enough people in them. */
    List<String> regionsOf(Sample sample) {
        return regions(sample).stream()
                .filter(bar -> bar.count() != null)
                .map(Bar::name)
                .toList();
    }

    private long total(Sample sample) {
        return portal.ask(new CountFacts(sample, List.of())).total();
    }

    private long known(Sample sample, Dimension dimension) {
        return by(sample, dimension).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private Map<String, Long> by(Sample sample, Dimension dimension) {
        Map<String, Long> counts = new TreeMap<>();
        for (FactCount one : counts(sample, dimension)) {
            String value = one.of().get(dimension);
            if (value != null) {
                counts.put(value, one.count());
            }
        }
        return counts;
    }

    private List<FactCount> counts(Sample sample, Dimension... by) {
        return portal.ask(new CountFacts(sample, List.of(by))).counts();
    }

    private static List<@Nullable Long> shown(Collection<String> names, Map<String, Long> counts) {
        return Suppression.ofParts(
                names.stream().map(name -> counts.getOrDefault(name, 0L)).toList());
    }

    /** Each is contained in the one before. */
    private static List<Bar> steps(Map<String, Long> counts) {
        List<@Nullable Long> shown = new ArrayList<>();
        counts.values().forEach(count -> shown.add(Suppression.of(count)));
        return bars(counts, shown);
    }

    private static List<Bar> parts(Map<String, Long> counts) {
        return bars(counts, Suppression.ofParts(List.copyOf(counts.values())));
    }

    private static List<Bar> bars(Map<String, Long> counts, List<@Nullable Long> shown) {
        long largest = 1;
        for (Long count : shown) {
            largest = count == null ? largest : Math.max(largest, count);
        }
        List<Bar> bars = new ArrayList<>();
        for (String name : counts.keySet()) {
            Long count = shown.get(bars.size());
            bars.add(new Bar(name, count, count == null ? 0 : Math.round(100.0 * count / largest)));
        }
        return bars;
    }
}
