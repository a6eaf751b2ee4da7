package org.selfservice.web.application.staff;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.application.CaseQuery.Cases;
import org.selfservice.kernel.application.CaseQuery.CountCases;
import org.selfservice.kernel.application.CaseQuery.FindCases;
import org.selfservice.kernel.application.CaseQuery.Order;
import org.selfservice.kernel.application.SavedFilters;
import org.selfservice.kernel.application.SavedFilters.Saved;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Portal;
import org.selfservice.web.application.staff.Filter.Who;
import org.selfservice.web.page.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The queue: what waits, by filters that one may keep under a name. */
@Controller
@RequestMapping(QueuePage.ADDRESS)
class QueuePage {
    static final String ADDRESS = "/staff/cases";

    private static final int LINES = 25;
    private static final int LONGEST_NAME = 60;

    private final Portal portal;
    private final CaseDesk desk;
    private final SavedFilters saved;

    QueuePage(Portal portal, CaseDesk desk, SavedFilters saved) {
        this.portal = portal;
        this.desk = desk;
        this.saved = saved;
    }

    /**
     * @param days since it was sent
     * @param late days since it should have been decided; 0 when it is in time or decided
     * @param mine whether whoever looks took it
     */
    record Line(Cases.Line one, String program, long days, long late, boolean mine) {}

    /** A filter with how many cases it leaves. */
    record Heap(String name, String address, long cases, boolean shown) {}

    /** @param address where it leads */
    record Kept(String name, String address) {}

    @GetMapping
    String list(@RequestParam MultiValueMap<String, String> asked, Model model) {
        return list(Filter.of(asked), asked.getFirst("after"), new Typed(), model);
    }

    @PostMapping("/filters")
    String keep(
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Typed typed = Typed.of(posted);
        Filter filter = Filter.parse(typed.word("filter"));
        String name = typed.word("name");
        if (name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
            typed.wrong("name", desk.text("cases.filters.name.wrong", LONGEST_NAME));
        } else if (!saved.keep(desk.me(), new Saved(name, filter.query()))) {
            typed.wrong("name", desk.text("cases.filters.full", SavedFilters.MOST));
        }
        if (!typed.isRight()) {
            response.setStatus(422);
            return list(filter, null, typed, model);
        }
        next.addFlashAttribute("notice", desk.text("cases.filters.kept", name));
        return "redirect:" + filter.address();
    }

    @PostMapping("/filters/removal")
    String forget(@RequestParam String name, RedirectAttributes next) {
        saved.forget(desk.me(), name);
        next.addFlashAttribute("notice", desk.text("cases.filters.removed", name));
        return "redirect:" + ADDRESS;
    }

    String list(Filter filter, @Nullable String after, Typed typed, Model model) {
        String me = desk.me();
        Instant now = desk.now();
        Map<String, ProgramDetails> programs = desk.programs();
        Cases page = portal.ask(new FindCases(filter.wanted(me, now), filter.order(), after, LINES));
        List<Heap> heaps = heaps(filter, me, now);
        model.addAttribute(
                "lines",
                page.lines().stream().map(one -> line(one, programs, me, now)).toList());
        model.addAttribute("count", count(filter, me, now));
        model.addAttribute("next", page.next());
        model.addAttribute("first", after == null);
        model.addAttribute("filter", filter);
        model.addAttribute("query", filter.query());
        model.addAttribute("address", filter.address());
        model.addAttribute("heaps", heaps);
        model.addAttribute(
                "saved",
                saved.of(me).stream()
                        .map(one ->
                                new Kept(one.name(), Filter.parse(one.query()).address()))
                        .toList());
        model.addAttribute("programs", programs);
        model.addAttribute("states", Filter.STATES);
        model.addAttribute("whos", Who.values());
        model.addAttribute("ages", Filter.DAYS);
        model.addAttribute("orders", Order.values());
        typed.fill(model);
        return "application/staff/queue";
    }

    private List<Heap> heaps(Filter shown, String me, Instant now) {
        Filter all = Filter.NONE;
        return List.of(
                heap("all", all, shown, me, now),
                heap("mine", with(all, Who.ME), shown, me, now),
                heap("nobodys", with(all, Who.NOBODY), shown, me, now),
                heap(
                        "late",
                        new Filter("", null, Who.ANYBODY, false, false, false, true, 0, Order.PROMISED),
                        shown,
                        me,
                        now),
                heap(
                        "suspected",
                        new Filter("", null, Who.ANYBODY, true, false, false, false, 0, Order.OLDEST),
                        shown,
                        me,
                        now),
                heap(
                        "owing",
                        new Filter("", null, Who.ANYBODY, false, true, false, false, 0, Order.OLDEST),
                        shown,
                        me,
                        now),
                heap(
                        "unanswered",
                        new Filter("", null, Who.ANYBODY, false, false, true, false, 0, Order.OLDEST),
                        shown,
                        me,
                        now));
    }

    private static Filter with(Filter filter, Who who) {
        return new Filter(filter.program(), filter.state(), who, false, false, false, false, 0, filter.order());
    }

    private Heap heap(String name, Filter filter, Filter shown, String me, Instant now) {
        return new Heap(name, filter.address(), count(filter, me, now), filter.equals(shown));
    }

    private long count(Filter filter, String me, Instant now) {
        return portal.ask(new CountCases(filter.wanted(me, now))).cases();
    }

    private Line line(Cases.Line one, Map<String, ProgramDetails> programs, String me, Instant now) {
        String code = one.program().value();
        boolean isLate = one.state().isWithStaff() && one.decideBy().isBefore(now);
        return new Line(
                one,
                desk.name(programs.get(code), code),
                desk.days(one.submittedAt()),
                isLate ? Math.max(1, desk.days(one.decideBy())) : 0,
                me.equals(one.reviewer()));
    }
}
