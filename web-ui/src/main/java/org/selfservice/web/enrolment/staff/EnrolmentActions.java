package org.selfservice.web.enrolment.staff;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.enrolment.EnrolmentCommand;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ExitEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.GrantEntitlement;
import org.selfservice.kernel.enrolment.EnrolmentCommand.PauseEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.RecordPayment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ResumeEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.web.Refusals;
import org.selfservice.web.enrolment.staff.Memberships.Membership;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The buttons of an enrolment's page. What is wrong is said at its field, with everything typed still there. */
@Controller
@RequestMapping("/staff/enrolments/{id}")
class EnrolmentActions {
    private final Memberships memberships;
    private final Refusals refusals;
    private final MessageSource texts;

    EnrolmentActions(Memberships memberships, Refusals refusals, MessageSource texts) {
        this.memberships = memberships;
        this.refusals = refusals;
        this.texts = texts;
    }

    @PostMapping("/pause")
    String pause(
            @PathVariable EnrolmentId id,
            @RequestParam Map<String, String> typed,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Entry entry = new Entry(typed);
        return send(new PauseEnrolment(id, reason(entry)), "paused", entry, model, next, response);
    }

    @PostMapping("/resume")
    String resume(@PathVariable EnrolmentId id, Model model, RedirectAttributes next, HttpServletResponse response) {
        return send(new ResumeEnrolment(id), "resumed", new Entry(Map.of()), model, next, response);
    }

    @PostMapping("/exit")
    String exit(
            @PathVariable EnrolmentId id,
            @RequestParam Map<String, String> typed,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Entry entry = new Entry(typed);
        return send(new ExitEnrolment(id, reason(entry)), "exited", entry, model, next, response);
    }

    @PostMapping("/entitlements")
    String grant(
            @PathVariable EnrolmentId id,
            @RequestParam Map<String, String> typed,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Membership membership = memberships.find(id);
        Entry entry = new Entry(typed);
        need(entry, "entitlement");
        need(entry, "purpose");
        Money amount = entry.money("amount", membership.currency());
        mindNull(entry, "amount", amount);
        LocalDate from = entry.date("validFrom");
        mindNull(entry, "validFrom", from);
        LocalDate until = entry.date("validUntil");
        if (!entry.text("validUntil").isEmpty()) {
            mindNull(entry, "validUntil", until);
        }
        return amount == null || from == null || !entry.isRight()
                ? again(membership, entry, model, response)
                : send(
                        new GrantEntitlement(id, entry.text("entitlement"), amount, entry.text("purpose"), from, until),
                        "granted",
                        entry,
                        model,
                        next,
                        response);
    }

    @PostMapping("/payments")
    String pay(
            @PathVariable EnrolmentId id,
            @RequestParam Map<String, String> typed,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Membership membership = memberships.find(id);
        Entry entry = new Entry(typed);
        need(entry, "paidEntitlement");
        need(entry, "reference");
        Money amount = entry.money("paidAmount", membership.currency());
        mindNull(entry, "paidAmount", amount);
        LocalDate on = entry.date("paidOn");
        mindNull(entry, "paidOn", on);
        return amount == null || on == null || !entry.isRight()
                ? again(membership, entry, model, response)
                : send(
                        new RecordPayment(id, entry.text("paidEntitlement"), entry.text("reference"), amount, on),
                        "paid",
                        entry,
                        model,
                        next,
                        response);
    }

    private String send(
            EnrolmentCommand command,
            String done,
            Entry entry,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Membership membership = memberships.find(command.enrolment());
        try {
            memberships.send(command);
        } catch (Refused no) {
            String field = field(command, no);
            entry.mind(field, no.code() == RefusalCode.INVALID ? wrong(field) : refusals.text(no.refusal()));
            return again(membership, entry, model, response);
        }
        next.addFlashAttribute("notice", text("enrolments.done." + done));
        return "redirect:/staff/enrolments/" + command.enrolment();
    }

    private static String again(Membership membership, Entry entry, Model model, HttpServletResponse response) {
        response.setStatus(422);
        return EnrolmentPages.show(membership, entry, model);
    }

    /** Where on the page a refusal is mended. */
    private static String field(EnrolmentCommand command, Refused no) {
        String field = no.details().getOrDefault("field", "");
        return switch (command) {
            case GrantEntitlement _ -> field.isEmpty() ? "amount" : field;
            case RecordPayment _ ->
                no.code() == RefusalCode.ENTITLEMENT_UNKNOWN
                        ? "paidEntitlement"
                        : field.isEmpty() || field.equals("amount") ? "paidAmount" : field;
            default -> "reason";
        };
    }

    private void need(Entry entry, String field) {
        if (entry.text(field).isEmpty()) {
            entry.mind(field, wrong(field));
        }
    }

    private void mindNull(Entry entry, String field, @Nullable Object value) {
        if (value == null) {
            entry.mind(field, wrong(field));
        }
    }

    private static Personal<String> reason(Entry entry) {
        return Personal.of(entry.text("reason"));
    }

    private String wrong(String field) {
        return text("enrolments.wrong." + field);
    }

    private String text(String key) {
        return texts.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
