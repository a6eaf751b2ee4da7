package org.selfservice.web.application;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.application.ApplicationQuery.TimelineEntry;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.Refusals;
import org.selfservice.web.SignedIn;
import org.selfservice.web.notification.Channels;
import org.selfservice.web.page.PageError;
import org.selfservice.web.page.States;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What became of an application: the list, the page of one, and withdrawing it. */
@Controller
class FollowPages {
    private static final int REASON_LIMIT = 500;
    private static final Set<String> CLOSING = Set.of("application.withdrawn", "application.draft-expired");

    private final Portal portal;
    private final OwnApplications applications;
    private final States states;
    private final MessageSource texts;
    private final Refusals refusals;
    private final Channels channels;
    private final Clock clock;

    FollowPages(
            Portal portal,
            OwnApplications applications,
            States states,
            MessageSource texts,
            Refusals refusals,
            Channels channels,
            Clock clock) {
        this.portal = portal;
        this.applications = applications;
        this.states = states;
        this.texts = texts;
        this.refusals = refusals;
        this.channels = channels;
        this.clock = clock;
    }

    /** @param program null when it is not known any more */
    record Line(ApplicationSummary application, @Nullable ProgramDetails program) {}

    @GetMapping("/applications")
    String list(SignedIn who, Model model) {
        Dossier dossier = who.reach(portal.ask(new FindDossier(who.registrant())));
        Map<String, ProgramDetails> programs = new TreeMap<>();
        portal.ask(new FindPrograms(false))
                .programs()
                .forEach(one -> programs.put(one.code().value(), one));
        List<Line> lines = dossier.applications().stream()
                .sorted(Comparator.comparing((ApplicationSummary one) -> urgency(one.state()))
                        .thenComparing(ApplicationSummary::changedAt, Comparator.reverseOrder()))
                .map(one -> new Line(one, programs.get(one.program().value())))
                .toList();
        model.addAttribute("lines", lines);
        return "follow/list";
    }

    @GetMapping("/applications/{application}")
    String show(SignedIn who, @PathVariable ApplicationId application, Model model) {
        ApplicationFile file = applications.find(who, application);
        if (file.state() == ApplicationState.DRAFT) {
            return "redirect:/applications/" + application + "/tasks";
        }
        ProgramDetails program = applications.program(file);
        Dossier dossier = portal.ask(new FindDossier(who.registrant()));
        model.addAttribute("file", file);
        model.addAttribute("program", program);
        model.addAttribute("form", applications.form(file));
        model.addAttribute("reason", rejectionText(file, program));
        EnrolmentSummary enrolment = LiveApplication.enrolment(dossier, file.id());
        model.addAttribute("timeline", timeline(file, enrolment));
        model.addAttribute("owed", owed(file));
        model.addAttribute("enrolment", enrolment);
        model.addAttribute("keptUntil", keptUntil(file, program));
        model.addAttribute("again", again(dossier, file, program));
        model.addAttribute("mayWithdraw", file.state().isWithStaff());
        model.addAttribute("said", said(file, enrolment));
        model.addAttribute("enrolmentSeen", LiveApplication.seen(enrolment));
        if (Boolean.TRUE.equals(model.getAttribute("answered"))) {
            model.addAttribute("told", channels.told(dossier));
            model.addAttribute("contactChangeable", who.isInPerson() || who.isAssisted());
        }
        model.addAttribute("scripts", List.of("live.js"));
        return "follow/application";
    }

    @GetMapping("/applications/{application}/withdraw")
    String askToWithdraw(SignedIn who, @PathVariable ApplicationId application, Model model) {
        ApplicationFile file = applications.find(who, application);
        if (!file.state().isOpen()) {
            return "redirect:/applications/" + application;
        }
        return withdrawal(file, "", null, model);
    }

    @PostMapping("/applications/{application}/withdraw")
    String withdraw(
            SignedIn who,
            @PathVariable ApplicationId application,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            HttpServletResponse response) {
        ApplicationFile file = applications.find(who, application);
        // A browser sends two characters for what the person typed as one.
        String why = reason.replace("\r\n", "\n").strip();
        String problem = null;
        int length = why.codePointCount(0, why.length());
        if (length > REASON_LIMIT) {
            problem = texts.getMessage(
                    "follow.withdraw.tooLong", new Object[] {REASON_LIMIT, length}, LocaleContextHolder.getLocale());
        } else {
            try {
                var command = new WithdrawApplication(application, who.registrant(), Personal.of(why));
                applications.find(who, portal.send(command));
            } catch (Refused no) {
                if (no.code() != RefusalCode.INVALID) {
                    throw no;
                }
                problem = refusals.text(no.refusal());
            }
        }
        if (problem == null) {
            return "redirect:/applications/" + application;
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return withdrawal(file, reason, problem, model);
    }

    private String withdrawal(ApplicationFile file, String reason, @Nullable String problem, Model model) {
        model.addAttribute("file", file);
        model.addAttribute("program", applications.program(file));
        model.addAttribute("limit", REASON_LIMIT);
        model.addAttribute("reason", reason);
        model.addAttribute("problem", problem);
        model.addAttribute("errors", problem == null ? List.of() : List.of(new PageError("#reason", problem)));
        return "follow/withdraw";
    }

    /** What the person must act on comes first, what is over last. */
    private static int urgency(ApplicationState state) {
        return switch (state) {
            case INFORMATION_REQUESTED -> 0;
            case DRAFT -> 1;
            case SUBMITTED, IN_REVIEW -> 2;
            case APPROVED, REJECTED -> 3;
            case WITHDRAWN, EXPIRED -> 4;
        };
    }

    /** What is read aloud when the open page shows something new. */
    private String said(ApplicationFile file, @Nullable EnrolmentSummary enrolment) {
        Locale locale = LocaleContextHolder.getLocale();
        String state = texts.getMessage(
                enrolment == null ? states.key(file.state()) : states.key(enrolment.state()), null, locale);
        return texts.getMessage("follow.updated", new Object[] {state}, locale);
    }

    private static @Nullable String rejectionText(ApplicationFile file, ProgramDetails program) {
        if (file.decision() == null || file.decision().reason() == null) {
            return null;
        }
        Locale locale = LocaleContextHolder.getLocale();
        return program.rejectionReasons().stream()
                .filter(reason -> reason.code().equals(file.decision().reason()))
                .map(RejectionReason::text)
                .map((LocalizedText text) -> text.in(locale))
                .findFirst()
                .orElse(file.decision().reason());
    }

    /** With what the application led to. */
    private static List<TimelineEntry> timeline(ApplicationFile file, @Nullable EnrolmentSummary enrolment) {
        Stream<TimelineEntry> enrolled = enrolment == null
                ? Stream.of()
                : Stream.of(new TimelineEntry(
                        "enrolment.enrolled", enrolment.enrolledAt(), "PORTAL", null, null, true, file.sequence() + 1));
        return Stream.concat(file.timeline().stream(), enrolled)
                .filter(TimelineEntry::visible)
                .sorted(Comparator.comparing(TimelineEntry::at)
                        .thenComparing(TimelineEntry::sequence)
                        .reversed())
                .toList();
    }

    /** Questions whose document was put off when the application was sent, and is not there now. */
    private static List<String> owed(ApplicationFile file) {
        if (!file.state().isWithStaff()) {
            return List.of();
        }
        return file.deferred().keySet().stream()
                .filter(field -> file.documents().stream()
                        .noneMatch(document -> document.field().equals(field)
                                && (document.state() == DocumentState.READY
                                        || document.state() == DocumentState.VERIFIED)))
                .sorted()
                .toList();
    }

    /** When what is personal in it is erased; null when it is kept, or gone already. */
    private static @Nullable Instant keptUntil(ApplicationFile file, ProgramDetails program) {
        if (file.erased() || program.retention().days(file.state()) == null) {
            return null;
        }
        Instant closed = file.state() == ApplicationState.REJECTED && file.decision() != null
                ? file.decision().at()
                : file.timeline().stream()
                        .filter(entry -> CLOSING.contains(entry.event()))
                        .map(TimelineEntry::at)
                        .reduce((earlier, later) -> later)
                        .orElse(null);
        return closed == null ? null : program.retention().until(file.state(), closed);
    }

    private boolean again(Dossier dossier, ApplicationFile file, ProgramDetails program) {
        if (file.state().isOpen() || program.state() != ProgramState.OPEN || program.profile() == null) {
            return false;
        }
        String zone = program.profile().zone();
        LocalDate today = ApplicationPolicy.today(clock.instant(), zone);
        List<ApplicationPolicy.Earlier> earlier = dossier.applications().stream()
                .filter(one -> one.program().equals(Objects.requireNonNull(file.program())))
                .sorted(Comparator.comparingInt(ApplicationSummary::ordinal))
                .map(one -> new ApplicationPolicy.Earlier(one.state(), ApplicationPolicy.today(one.startedAt(), zone)))
                .toList();
        return program.policy().mayApply(earlier, today).allowed();
    }
}
