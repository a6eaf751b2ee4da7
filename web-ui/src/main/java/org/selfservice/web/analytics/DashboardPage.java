package org.selfservice.web.analytics;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.analytics.AnalyticsQuery.MeasureTimes;
import org.selfservice.kernel.analytics.AnalyticsQuery.PaymentSum;
import org.selfservice.kernel.analytics.AnalyticsQuery.Sample;
import org.selfservice.kernel.analytics.AnalyticsQuery.SumPayments;
import org.selfservice.kernel.enrolment.EnrolmentQuery.CountEnrolments;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Portal;
import org.selfservice.web.page.Language;
import org.selfservice.web.page.PageError;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How programs do: how far people come, how long it takes, what comes of it. */
@Controller
@RequestMapping("/staff/dashboard")
class DashboardPage {
    private final Portal portal;
    private final Figures figures;
    private final MessageSource texts;

    DashboardPage(Portal portal, Figures figures, MessageSource texts) {
        this.portal = portal;
        this.figures = figures;
        this.texts = texts;
    }

    /** @param shown whether enough payments are in it */
    record Paid(PaymentSum sum, boolean shown) {}

    record Enrolled(
            ProgramDetails program,
            @Nullable Long enrolled,
            @Nullable Long paused) {}

    @GetMapping
    String dashboard(
            @RequestParam(defaultValue = "") String program,
            @RequestParam(defaultValue = "") String region,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            Model model,
            HttpServletResponse response,
            Locale locale) {
        Map<String, ProgramDetails> programs = new LinkedHashMap<>();
        portal.ask(new FindPrograms(false))
                .programs()
                .forEach(one -> programs.put(one.code().value(), one));
        List<PageError> errors = new ArrayList<>();
        LocalDate first = day("from", from, errors, locale);
        LocalDate last = day("until", until, errors, locale);
        if (first != null && last != null && last.isBefore(first)) {
            errors.add(new PageError("#until", texts.getMessage("dashboard.wrong.order", null, locale)));
        }
        if (!errors.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        }
        ProgramDetails chosen = programs.get(program);
        Sample sample = new Sample(
                chosen == null ? null : chosen.code(),
                region.isBlank() ? null : region,
                errors.isEmpty() ? first : null,
                errors.isEmpty() ? last : null,
                null);
        model.addAttribute("errors", errors);
        model.addAttribute("wrong", wrong(errors));
        model.addAttribute("programs", programs);
        model.addAttribute("program", program);
        model.addAttribute("region", region);
        model.addAttribute("from", from);
        model.addAttribute("until", until);
        model.addAttribute("regions", figures.regionsOf(Sample.ALL));
        show(sample, chosen, programs, model, locale);
        return "analytics/dashboard";
    }

    private void show(
            Sample sample,
            @Nullable ProgramDetails chosen,
            Map<String, ProgramDetails> programs,
            Model model,
            Locale locale) {
        model.addAttribute("funnel", figures.funnel(sample));
        model.addAttribute("form", null);
        if (chosen != null && chosen.form() != null) {
            var version = portal.ask(
                    new FindFormVersion(chosen.form().form(), chosen.form().version()));
            model.addAttribute("form", version);
            model.addAttribute("pages", figures.funnel(sample, version));
        }
        model.addAttribute("months", figures.months(sample));
        model.addAttribute("states", figures.states(sample));
        model.addAttribute("reasons", figures.reasons(sample));
        model.addAttribute(
                "reasonTexts",
                chosen == null
                        ? Map.of()
                        : chosen.rejectionReasons().stream()
                                .collect(Collectors.toMap(
                                        RejectionReason::code, one -> one.text().in(locale))));
        model.addAttribute(
                "languageNames",
                Arrays.stream(Language.values()).collect(Collectors.toMap(Language::tag, Language::ownName)));
        model.addAttribute("ages", figures.ages(sample));
        model.addAttribute("byRegion", figures.regions(sample));
        model.addAttribute("channels", figures.channels(sample));
        model.addAttribute(
                "others", Map.of(Figures.OTHERS, texts.getMessage("dashboard.regions.others", null, locale)));
        model.addAttribute("languages", figures.languages(sample));
        model.addAttribute("times", portal.ask(new MeasureTimes(sample)));
        model.addAttribute("fewest", Suppression.FEWEST);
        model.addAttribute(
                "enrolled",
                programs.values().stream()
                        .filter(one -> sample.program() == null || one.code().equals(sample.program()))
                        .map(this::enrolled)
                        .toList());
        model.addAttribute(
                "paid",
                portal.ask(new SumPayments(sample)).sums().stream()
                        .sorted(Comparator.comparing(PaymentSum::month)
                                .thenComparing(sum -> sum.program().value()))
                        .map(sum -> new Paid(sum, !Suppression.hides(sum.payments())))
                        .toList());
        model.addAttribute("columns", Column.values());
    }

    private Enrolled enrolled(ProgramDetails program) {
        var counts = portal.ask(new CountEnrolments(program.code()));
        return new Enrolled(program, Suppression.of(counts.enrolled()), Suppression.of(counts.paused()));
    }

    private @Nullable LocalDate day(String field, String text, List<PageError> errors, Locale locale) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException none) {
            errors.add(new PageError("#" + field, texts.getMessage("dashboard.wrong.day", null, locale)));
            return null;
        }
    }

    private static Map<String, String> wrong(List<PageError> errors) {
        Map<String, String> wrong = new LinkedHashMap<>();
        errors.forEach(error -> wrong.put(error.href().substring(1), error.text()));
        return wrong;
    }
}
