package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.registrant.Permission;
import org.selfservice.kernel.registrant.RegistrantCommand;
import org.selfservice.kernel.registrant.RegistrantCommand.GrantDelegate;
import org.selfservice.kernel.registrant.RegistrantCommand.RevokeDelegate;
import org.selfservice.kernel.registrant.RegistrantQuery.Delegation;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.Refusals;
import org.selfservice.web.SignedIn;
import org.selfservice.web.page.PageError;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Letting somebody act for oneself, and taking it back. */
@Controller
@RequestMapping("/me/delegates")
class DelegatePages {
    private static final int LONGEST_NAME = 100;
    private static final int MOST_MONTHS = 24;
    /** No code of a program. */
    private static final String EVERY = "*";

    private static final List<Integer> MONTHS = List.of(1, 3, 6, 12, MOST_MONTHS);
    private static final Duration INVITATION = Duration.ofDays(7);

    private final Portal portal;
    private final Refusals refusals;
    private final MessageSource texts;
    private final Clock clock;
    private final ZoneId zone;

    DelegatePages(
            Portal portal,
            Refusals refusals,
            MessageSource texts,
            Clock clock,
            @Value("${portal.zone:UTC}") ZoneId zone) {
        this.portal = portal;
        this.refusals = refusals;
        this.texts = texts;
        this.clock = clock;
        this.zone = zone;
    }

    /** @param state {@code stands}, {@code waits} or {@code over} */
    record Line(Delegation delegation, String state) {}

    /** What was typed. */
    record Typed(String name, String program, String permission, String months) {
        @Override
        public String toString() {
            return "[personal]";
        }
    }

    @GetMapping
    String list(SignedIn who, Model model) {
        Instant now = clock.instant();
        List<Line> lines = portal.ask(new FindDossier(who.registrant())).delegations().reversed().stream()
                .map(one -> new Line(one, one.stands(now) ? "stands" : one.waits(now) ? "waits" : "over"))
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute("programs", programs());
        return "identity/delegates";
    }

    @GetMapping("/new")
    String ask(SignedIn who, Model model) {
        return form(new Typed("", "", "", "6"), List.of(), model);
    }

    @PostMapping
    String grant(
            SignedIn who,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String program,
            @RequestParam(defaultValue = "") String permission,
            @RequestParam(defaultValue = "") String months,
            @RequestParam(required = false) @Nullable String lang,
            Locale locale,
            Model model,
            RedirectAttributes after,
            HttpServletResponse response) {
        Typed typed = new Typed(name.strip(), program, permission, months);
        if (lang != null) {
            return form(typed, List.of(), model);
        }
        List<PageError> errors = errors(typed, locale);
        if (errors.isEmpty()) {
            InvitationCode code = InvitationCode.fresh();
            Instant until = LocalDate.ofInstant(clock.instant(), zone)
                    .plusMonths(Integer.parseInt(typed.months()))
                    .plusDays(1)
                    .atStartOfDay(zone)
                    .toInstant();
            try {
                send(
                        who,
                        new GrantDelegate(
                                who.registrant(),
                                UUID.randomUUID().toString(),
                                Personal.of(typed.name()),
                                program.equals(EVERY) ? null : new ProgramCode(program),
                                Permission.valueOf(permission),
                                until,
                                code.hash(),
                                clock.instant().plus(INVITATION)));
                after.addFlashAttribute("code", code.text());
                after.addFlashAttribute("invited", typed.name());
                return "redirect:/me/delegates";
            } catch (Refused no) {
                errors.add(new PageError("#name", refusals.text(no.refusal(), locale)));
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return form(typed, errors, model);
    }

    @PostMapping("/{delegation}/revoke")
    String revoke(SignedIn who, @PathVariable String delegation, Locale locale, RedirectAttributes after) {
        send(who, new RevokeDelegate(who.registrant(), delegation));
        after.addFlashAttribute("notice", texts.getMessage("delegates.revoked", null, locale));
        return "redirect:/me/delegates";
    }

    private void send(SignedIn who, RegistrantCommand command) {
        long sequence = portal.send(command).sequence();
        portal.ask(
                new FindDossier(who.registrant()),
                (Dossier dossier) -> dossier.hasSeen(who.registrant().value(), sequence));
    }

    private List<PageError> errors(Typed typed, Locale locale) {
        List<PageError> errors = new ArrayList<>();
        if (typed.name().isEmpty()
                || typed.name().codePointCount(0, typed.name().length()) > LONGEST_NAME) {
            errors.add(error("name", locale));
        }
        if (!typed.program().equals(EVERY) && !programs().containsKey(typed.program())) {
            errors.add(error("program", locale));
        }
        if (!List.of("SEE", "APPLY").contains(typed.permission())) {
            errors.add(error("permission", locale));
        }
        if (MONTHS.stream().noneMatch(month -> typed.months().equals(month.toString()))) {
            errors.add(error("months", locale));
        }
        return errors;
    }

    private PageError error(String field, Locale locale) {
        return new PageError("#" + field, texts.getMessage("delegates.wrong." + field, null, locale));
    }

    private String form(Typed typed, List<PageError> errors, Model model) {
        model.addAttribute("typed", typed);
        model.addAttribute("errors", errors);
        model.addAttribute("programs", programs());
        model.addAttribute("months", MONTHS);
        model.addAttribute("languageForm", "grant");
        return "identity/delegate-new";
    }

    private Map<String, LocalizedText> programs() {
        Map<String, LocalizedText> names = new LinkedHashMap<>();
        portal.ask(new FindPrograms(false)).programs().stream()
                .filter(program -> program.profile() != null)
                .forEach(program ->
                        names.put(program.code().value(), program.profile().name()));
        return names;
    }
}
