package org.selfservice.web.application;

import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.Page;
import org.selfservice.web.Refusals;
import org.selfservice.web.SignedIn;
import org.selfservice.web.page.Company;
import org.selfservice.web.page.Format;
import org.selfservice.web.page.Site;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/** Where a page of an application leads. */
@Component
class Exits {
    private final OwnApplications applications;
    private final MessageSource texts;
    private final Refusals refusals;
    private final Format format;
    private final Site site;

    Exits(OwnApplications applications, MessageSource texts, Refusals refusals, Format format, Site site) {
        this.applications = applications;
        this.texts = texts;
        this.refusals = refusals;
        this.format = format;
        this.site = site;
    }

    /** The file as the page that follows will show it, with what was saved. */
    ApplicationFile await(SignedIn who, Saving.Saved saved) {
        return saved.position() == null ? saved.draft().file() : applications.find(who, saved.position());
    }

    String application(Draft draft) {
        return "redirect:/applications/" + draft.id();
    }

    String tasks(Draft draft) {
        return to(draft, "/tasks", "");
    }

    String to(Draft draft, String path, String from) {
        return "redirect:/applications/" + draft.id() + path + (from.isEmpty() ? "" : "?from=" + from);
    }

    /** The page that one came from, when it is one that leads here. */
    String from(@Nullable String name) {
        return "check".equals(name) || "details".equals(name) ? name : "";
    }

    /** After Continue: back to where one came from, else the next page with something to do, else the task list. */
    String onward(Draft draft, Page page, String from) {
        if (!from.isEmpty()) {
            return to(draft, "/" + from, "");
        }
        List<Page> pages = draft.pages();
        return pages.stream()
                .skip(pages.indexOf(page) + 1L)
                .filter(next -> !draft.isComplete(next))
                .findFirst()
                .map(next -> to(draft, "/pages/" + next.id(), ""))
                .orElseGet(() -> tasks(draft));
    }

    /**
     * @param file as it is now that everything was saved
     * @param here the page's own path below the application
     */
    Object leave(Exit exit, Draft draft, ApplicationFile file, String here, String from, RedirectAttributes after) {
        return switch (exit.kind()) {
            case "sign-out" -> postAgain("/sign-out");
            case "stop" -> postAgain(stop());
            case "lang" -> to(draft, here, from);
            case "later" -> {
                Locale locale = LocaleContextHolder.getLocale();
                after.addFlashAttribute(
                        "notice",
                        texts.getMessage(
                                "page.saved-for-later",
                                new Object[] {
                                    format.date(
                                            Objects.requireNonNull(file.keptUntil()),
                                            draft.profile().zone())
                                },
                                locale));
                yield "redirect:/applications";
            }
            case "documents" ->
                draft.form().field(exit.field()).isPresent()
                        ? to(draft, "/documents/" + exit.field(), "")
                        : tasks(draft);
            case "row" -> to(draft, here + "/" + exit.field() + "/" + exit.row(), from);
            case "remove" -> to(draft, here + "/" + exit.field() + "/" + exit.row() + "/remove", from);
            default -> from.isEmpty() ? tasks(draft) : to(draft, "/" + from, "");
        };
    }

    /** By the buttons around the page: what was typed is saved. */
    Object leaveAtOnce(Exit exit, String here) {
        return switch (exit.kind()) {
            case "sign-out" -> postAgain("/sign-out");
            case "stop" -> postAgain(stop());
            default -> "redirect:" + here;
        };
    }

    /** Where whoever acts for somebody stops. */
    private String stop() {
        Company.Person person = site.getPerson();
        return person == null ? "/sign-out" : person.stop();
    }

    /** The browser posts the same form again to another address, with the token that it asks for. */
    private static RedirectView postAgain(String address) {
        RedirectView view = new RedirectView(address, true);
        view.setStatusCode(HttpStatus.TEMPORARY_REDIRECT);
        return view;
    }

    String error(Refused.Refusal refusal, Locale locale) {
        return refusals.text(refusal, locale);
    }

    String chooseWhichToKeep(Field field, Locale locale) {
        return texts.getMessage(
                "page.choose-which-to-keep", new Object[] {field.label().in(locale)}, locale);
    }

    /** What every page with answers has: it saves before it is left, and warns before the session ends. */
    void dress(ModelAndView view) {
        view.addObject("savingForm", "answers");
        view.addObject("scripts", List.of("timeout.js"));
        HttpSession session = ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
                .getRequest()
                .getSession(false);
        view.addObject("sessionSeconds", session == null ? 0 : session.getMaxInactiveInterval());
    }
}
