package org.selfservice.web.notification.staff;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.notification.Outbox.Undelivered;
import org.selfservice.web.Granted;
import org.selfservice.web.Portal;
import org.selfservice.web.notification.Channels;
import org.selfservice.web.notification.Masked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Messages that could not be sent, and trying again. */
@Controller
@RequestMapping("/staff/notifications")
class NotificationPages {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationPages.class);
    private static final int MOST = 50;

    private final Outbox outbox;
    private final Channels channels;
    private final Portal portal;
    private final Clock clock;
    private final MessageSource texts;

    NotificationPages(Outbox outbox, Channels channels, Portal portal, Clock clock, MessageSource texts) {
        this.outbox = outbox;
        this.channels = channels;
        this.portal = portal;
        this.clock = clock;
        this.texts = texts;
    }

    @GetMapping
    String list(Model model) {
        List<Undelivered> lines =
                Granted.only(outbox.undelivered(MOST), one -> one.message().code());
        Map<Long, String> addresses =
                lines.stream().collect(Collectors.toMap(Undelivered::number, line -> masked(line.message())));
        model.addAttribute("lines", lines);
        model.addAttribute("addresses", addresses);
        model.addAttribute("most", MOST);
        model.addAttribute("offered", channels.offered());
        model.addAttribute(
                "waiting",
                outbox.counts().stream().filter(count -> !count.undelivered()).toList());
        return "notification/staff/list";
    }

    @PostMapping("/{number}/again")
    String again(@PathVariable long number, RedirectAttributes next) {
        Granted.refuseIfLimited();
        boolean done = outbox.tryAgain(number, clock.instant());
        return done(done, "again", next, "message " + number + " is tried again");
    }

    @PostMapping("/again")
    String all(RedirectAttributes next) {
        Granted.refuseIfLimited();
        int count = outbox.tryAllAgain(clock.instant());
        return done(count > 0, "all", next, count + " messages are tried again", count);
    }

    @PostMapping("/{number}/drop")
    String drop(@PathVariable long number, RedirectAttributes next) {
        Granted.refuseIfLimited();
        return done(outbox.drop(number), "drop", next, "message " + number + " is not sent");
    }

    private String done(boolean done, String what, RedirectAttributes next, String said, Object... gaps) {
        if (done) {
            LOG.info("{}: {}", portal.author().actor(), said);
        }
        next.addFlashAttribute(
                "notice",
                texts.getMessage(
                        done ? "messages.done." + what : "messages.gone", gaps, LocaleContextHolder.getLocale()));
        return "redirect:/staff/notifications";
    }

    private String masked(Message message) {
        String address = Masked.address(message);
        return address == null ? texts.getMessage("messages.erased", null, LocaleContextHolder.getLocale()) : address;
    }
}
