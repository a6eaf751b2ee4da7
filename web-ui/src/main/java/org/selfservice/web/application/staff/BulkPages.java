package org.selfservice.web.application.staff;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.RejectApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.page.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Many decisions at once: first what they are, then each by itself, with what became of it. */
@Controller
@RequestMapping(QueuePage.ADDRESS + "/decisions")
class BulkPages {
    private final CaseDesk desk;
    private final QueuePage queue;

    BulkPages(CaseDesk desk, QueuePage queue) {
        this.desk = desk;
        this.queue = queue;
    }

    /** @param obstacle why it cannot be decided, as far as one can tell now; null when nothing speaks against it */
    record Candidate(
            ApplicationFile file, String program, @Nullable String obstacle) {}

    /** @param why it was refused; null when it is done */
    record Result(
            String reference, ApplicationId id, @Nullable String why) {}

    @PostMapping
    String preview(@RequestParam MultiValueMap<String, String> posted, Model model, HttpServletResponse response) {
        Typed typed = Typed.of(posted);
        if (typed.all("case").isEmpty()) {
            typed.wrong("cases", desk.text("cases.bulk.none"));
            response.setStatus(422);
            return queue.list(Filter.parse(typed.word("filter")), null, typed, model);
        }
        return preview(typed, model);
    }

    @PostMapping("/result")
    String decide(@RequestParam MultiValueMap<String, String> posted, Model model, HttpServletResponse response) {
        Typed typed = Typed.of(posted);
        Map<ApplicationId, ApplicationFile> files = files(typed);
        boolean approve = isApproval(typed);
        if (!approve && typed.word("reason").isEmpty()) {
            typed.wrong("reason", desk.text("cases.reason.missing"));
        }
        if (!typed.isRight() || typed.has("lang")) {
            response.setStatus(typed.has("lang") ? 200 : 422);
            return preview(typed, model);
        }
        List<Result> results = new ArrayList<>();
        files.forEach((id, file) -> results.add(new Result(file.reference(), id, decide(id, approve, typed))));
        model.addAttribute("approve", approve);
        model.addAttribute("results", results);
        model.addAttribute(
                "done", results.stream().filter(one -> one.why() == null).count());
        model.addAttribute("back", Filter.parse(typed.word("filter")).address());
        return "application/staff/results";
    }

    private @Nullable String decide(ApplicationId id, boolean approve, Typed typed) {
        Personal<String> explanation = Personal.of(typed.word("explanation"));
        ApplicationCommand command = approve
                ? new ApproveApplication(id, explanation)
                : new RejectApplication(id, typed.word("reason"), explanation);
        try {
            desk.send(command);
            return null;
        } catch (Refused no) {
            return desk.why(no);
        }
    }

    private String preview(Typed typed, Model model) {
        Map<String, ProgramDetails> programs = desk.programs();
        List<Candidate> candidates = files(typed).values().stream()
                .map(file -> candidate(file, programs))
                .toList();
        Map<String, RejectionReason> reasons = new LinkedHashMap<>();
        candidates.forEach(one -> reasons(one, programs).forEach(reason -> reasons.putIfAbsent(reason.code(), reason)));
        // One reason for all: what one of the programs does not have would be refused there.
        reasons.keySet()
                .removeIf(code -> candidates.stream()
                        .anyMatch(one -> reasons(one, programs).stream()
                                .noneMatch(reason -> reason.code().equals(code))));
        model.addAttribute("candidates", candidates);
        model.addAttribute("approve", isApproval(typed));
        model.addAttribute("reasons", List.copyOf(reasons.values()));
        model.addAttribute("filter", typed.word("filter"));
        model.addAttribute("back", Filter.parse(typed.word("filter")).address());
        model.addAttribute("languageForm", Typed.FORM);
        typed.fill(model);
        return "application/staff/bulk";
    }

    private static List<RejectionReason> reasons(Candidate one, Map<String, ProgramDetails> programs) {
        ProgramDetails program = programs.get(String.valueOf(one.file().program()));
        return program == null ? List.of() : program.rejectionReasons();
    }

    private Candidate candidate(ApplicationFile file, Map<String, ProgramDetails> programs) {
        String code = String.valueOf(file.program());
        String obstacle = !file.state().isWithStaff()
                ? desk.why(new Refused(RefusalCode.APPLICATION_STATE))
                : file.suspected() ? desk.why(new Refused(RefusalCode.DUPLICATE_SUSPECTED)) : null;
        return new Candidate(file, desk.name(programs.get(code), code), obstacle);
    }

    private static boolean isApproval(Typed typed) {
        return typed.word("decision").equals("approve");
    }

    /** Each once, in the order in which they were chosen. */
    private Map<ApplicationId, ApplicationFile> files(Typed typed) {
        Map<ApplicationId, ApplicationFile> files = new LinkedHashMap<>();
        typed.all("case").stream()
                .distinct()
                .limit(100)
                .map(ApplicationId::new)
                .forEach(id -> files.put(id, desk.find(id)));
        return files;
    }
}
