package org.selfservice.web.enrolment.staff;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindByReference;
import org.selfservice.kernel.application.Reference;
import org.selfservice.kernel.enrolment.EnrolmentCommand;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentLine;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.springframework.stereotype.Component;

/** Enrolments as staff find and change them: by their own id, or by the reference of the application behind them. */
@Component
class Memberships {
    private final Portal portal;
    private final Pseudonyms pseudonyms;

    Memberships(Portal portal, Pseudonyms pseudonyms) {
        this.portal = portal;
        this.pseudonyms = pseudonyms;
    }

    /** @param name null when the person gave none or was erased */
    record Membership(
            EnrolmentLine line,
            @Nullable String name,
            boolean erased,
            EnrolmentSummary enrolment,
            ProgramDetails program) {
        String currency() {
            return program.profile() == null
                    ? Money.NO_CURRENCY
                    : program.profile().currency();
        }
    }

    /** @throws Refused NOT_FOUND */
    Membership find(EnrolmentId id) {
        EnrolmentLine line = portal.ask(new FindEnrolment(id));
        if (line.registrant() == null || line.program() == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        Dossier dossier =
                portal.ask(new FindDossier(line.registrant()), one -> one.hasSeen(id.value(), line.sequence()));
        EnrolmentSummary summary = dossier.enrolments().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused(RefusalCode.NOT_FOUND));
        return new Membership(
                line, dossier.name(), dossier.erased(), summary, portal.ask(new FindProgram(line.program())));
    }

    /**
     * @param text an enrolment's id or an application's reference
     * @throws Refused NOT_FOUND, INVALID
     */
    EnrolmentId id(String text) {
        if (text.startsWith("e-")) {
            return new EnrolmentId(text);
        }
        ApplicationFile file = application(text);
        return id(file);
    }

    /** From an approved application. The same again changes nothing. */
    Position enrol(String reference) {
        ApplicationFile file = application(reference);
        return send(new EnrolRegistrant(id(file), file.registrant(), file.program(), file.id()));
    }

    /** Sends it and waits until the page after it can show it. */
    Position send(EnrolmentCommand command) {
        Position position = portal.send(command);
        await(command.enrolment(), position);
        return position;
    }

    void await(EnrolmentId id, Position position) {
        portal.ask(new FindEnrolment(id), line -> line.sequence() >= position.sequence());
    }

    private EnrolmentId id(ApplicationFile file) {
        return pseudonyms.enrolment(file.registrant(), file.program());
    }

    private ApplicationFile application(String reference) {
        ApplicationFile file =
                portal.ask(new FindByReference(Reference.parse(reference).value()));
        if (!file.exists() || file.submittedAt() == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return file;
    }
}
