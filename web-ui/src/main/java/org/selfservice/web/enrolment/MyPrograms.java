package org.selfservice.web.enrolment;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.enrolment.EnrolmentSummary.Entitlement;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** My programs. */
@Controller
class MyPrograms {
    private final Portal portal;

    MyPrograms(Portal portal) {
        this.portal = portal;
    }

    /**
     * One program that the person is in, or was.
     *
     * @param granted null when nothing was granted
     * @param paid in the program's currency; null when nothing was granted
     */
    record Membership(
            EnrolmentSummary enrolment,
            @Nullable ProgramDetails program,
            @Nullable Money granted,
            @Nullable Money paid) {}

    @GetMapping("/enrolments")
    String list(SignedIn who, Model model) {
        Dossier dossier = who.reach(portal.ask(new FindDossier(who.registrant())));
        Map<String, ProgramDetails> programs = new TreeMap<>();
        portal.ask(new FindPrograms(false))
                .programs()
                .forEach(one -> programs.put(one.code().value(), one));
        List<Membership> memberships = dossier.enrolments().stream()
                .sorted(Comparator.comparing((EnrolmentSummary one) -> one.state() == EnrolmentState.EXITED)
                        .thenComparing(EnrolmentSummary::since, Comparator.reverseOrder()))
                .map(one -> new Membership(
                        one,
                        programs.get(one.program().value()),
                        sum(one.entitlements().stream().map(Entitlement::amount).toList()),
                        sum(one.entitlements().stream().map(Entitlement::paid).toList())))
                .toList();
        model.addAttribute("memberships", memberships);
        return "enrolment/list";
    }

    private static @Nullable Money sum(List<Money> amounts) {
        return amounts.stream().reduce(Money::plus).orElse(null);
    }
}
