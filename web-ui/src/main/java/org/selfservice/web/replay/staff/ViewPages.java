package org.selfservice.web.replay.staff;

import java.util.List;
import java.util.function.Consumer;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.web.Refusals;
import org.selfservice.web.page.PageError;
import org.selfservice.web.replay.ViewDesk;
import org.selfservice.web.replay.ViewDesk.ViewFile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The views and how they are; a view is folded anew, compared with what answers and made live, with one's eyes on it. */
@Controller
@RequestMapping("/staff/views")
class ViewPages {
    private static final int EARLIER = 10;

    private final ViewDesk desk;
    private final Refusals refusals;

    ViewPages(ViewDesk desk, Refusals refusals) {
        this.desk = desk;
        this.refusals = refusals;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("files", desk.all());
        return "replay/staff/list";
    }

    @GetMapping("/{view}")
    String one(@PathVariable String view, Model model) {
        ViewFile file = desk.one(view);
        model.addAttribute("file", file);
        model.addAttribute("replay", file.replay());
        model.addAttribute("earlier", desk.history(view, EARLIER));
        model.addAttribute("scripts", List.of("replay.js"));
        return "replay/staff/view";
    }

    @PostMapping("/{view}/replay")
    String replay(@PathVariable String view, RedirectAttributes next) {
        return done(view, desk::replay, next);
    }

    @PostMapping("/{view}/swap")
    String swap(@PathVariable String view, RedirectAttributes next) {
        return done(view, desk::swap, next);
    }

    @PostMapping("/{view}/stop")
    String stop(@PathVariable String view, RedirectAttributes next) {
        return done(view, desk::stop, next);
    }

    /** What somebody else did meanwhile stands on the page itself, with the reason why this was not done. */
    private String done(String view, Consumer<String> what, RedirectAttributes next) {
        try {
            what.accept(view);
        } catch (Refused no) {
            if (no.code() == RefusalCode.NOT_ALLOWED || no.code() == RefusalCode.NOT_FOUND) {
                throw no;
            }
            next.addFlashAttribute("errors", List.of(new PageError("#replay", refusals.text(no.refusal()))));
        }
        return "redirect:/staff/views/" + desk.one(view).line().view();
    }
}
