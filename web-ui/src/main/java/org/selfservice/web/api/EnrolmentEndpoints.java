package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.Refused.Refusal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ExitEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.GrantEntitlement;
import org.selfservice.kernel.enrolment.EnrolmentCommand.PauseEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.RecordPayment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ResumeEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentLine;
import org.selfservice.kernel.enrolment.EnrolmentQuery.Enrolments;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolments;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.enrolment.staff.PaymentList;
import org.selfservice.web.enrolment.staff.Payments;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/api/v1/enrolments")
@Tag(name = "Enrolments")
class EnrolmentEndpoints {
    private final Portal portal;
    private final Pseudonyms pseudonyms;
    private final Payments payments;

    EnrolmentEndpoints(Portal portal, Pseudonyms pseudonyms, Payments payments) {
        this.portal = portal;
        this.pseudonyms = pseudonyms;
        this.payments = payments;
    }

    /**
     * @param since when it came into its state
     * @param reason of its state, as staff wrote it
     * @param sequence of the last event seen in the enrolment's stream
     */
    record EnrolmentFile(
            EnrolmentId id,
            RegistrantId registrant,
            ProgramCode program,
            EnrolmentState state,
            @Nullable Instant since,
            @Nullable ApplicationId application,
            @Nullable String reason,
            List<EnrolmentSummary.Entitlement> entitlements,
            List<EnrolmentSummary.Payment> payments,
            long sequence) {

        /** Without what only staff may read. */
        @Override
        public String toString() {
            return "EnrolmentFile[id=" + id + ", state=" + state + "]";
        }
    }

    /** @param rows in the order of the table */
    record PaymentResults(List<RowResult> rows) {}

    /**
     * What became of one row.
     *
     * @param row its number in the table, the one with the names of the columns being the first
     * @param code of the refusal
     * @param field what was wrong with it
     */
    record RowResult(
            long row,
            Payments.Outcome outcome,
            @Nullable RefusalCode code,
            @Nullable String field) {
        static RowResult of(Payments.Result result) {
            Refusal no = result.refusal();
            return new RowResult(
                    result.row().number(),
                    result.outcome(),
                    no == null ? null : no.code(),
                    no == null ? null : no.details().get("field"));
        }
    }

    /** @param application the approved application that led to it */
    record NewEnrolment(
            RegistrantId registrant,
            ProgramCode program,
            @Nullable ApplicationId application) {}

    record Reason(String reason) {}

    /**
     * @param entitlement an id of the sender's choice; the same again changes nothing
     * @param currency ISO 4217
     * @param validUntil last day; no end when it is left out
     */
    record NewEntitlement(
            String entitlement,
            BigDecimal amount,
            String currency,
            String purpose,
            LocalDate validFrom,
            @Nullable LocalDate validUntil) {}

    /**
     * @param reference of the payer; the same again changes nothing
     * @param currency ISO 4217
     */
    record NewPayment(String entitlement, String reference, BigDecimal amount, String currency, LocalDate paidOn) {}

    @Operation(operationId = "findEnrolments", summary = "A page of enrolments, those that changed last first")
    @GetMapping
    Enrolments some(
            @RequestParam(required = false) @Nullable ProgramCode program,
            @RequestParam(required = false) @Nullable EnrolmentState state,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "50") int limit) {
        return portal.ask(new FindEnrolments(program, state, after, limit));
    }

    @Operation(operationId = "findEnrolment", summary = "An enrolment, what was granted and what was paid")
    @GetMapping("/{id}")
    EnrolmentFile one(@PathVariable EnrolmentId id, @RequestParam(defaultValue = "-1") long atLeast) {
        EnrolmentLine line = portal.ask(new FindEnrolment(id), answer -> answer.sequence() >= atLeast);
        if (line.registrant() == null || line.program() == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        Dossier dossier =
                portal.ask(new FindDossier(line.registrant()), one -> one.hasSeen(id.value(), line.sequence()));
        EnrolmentSummary summary = dossier.enrolments().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused(RefusalCode.NOT_FOUND));
        return new EnrolmentFile(
                id,
                line.registrant(),
                line.program(),
                line.state(),
                line.since(),
                line.application(),
                summary.reason(),
                summary.entitlements(),
                summary.payments(),
                line.sequence());
    }

    @Operation(operationId = "enrolRegistrant", summary = "Enrol a person in a program")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Position enrol(@RequestBody NewEnrolment enrolment) {
        EnrolmentId id = pseudonyms.enrolment(enrolment.registrant(), enrolment.program());
        return portal.send(
                new EnrolRegistrant(id, enrolment.registrant(), enrolment.program(), enrolment.application()));
    }

    @Operation(operationId = "pauseEnrolment", summary = "Pause an enrolment")
    @PostMapping("/{id}/pause")
    Position pause(@PathVariable EnrolmentId id, @RequestBody Reason why) {
        return portal.send(new PauseEnrolment(id, Personal.of(why.reason())));
    }

    @Operation(operationId = "resumeEnrolment", summary = "Resume a paused enrolment")
    @PostMapping("/{id}/resume")
    Position resume(@PathVariable EnrolmentId id) {
        return portal.send(new ResumeEnrolment(id));
    }

    @Operation(operationId = "exitEnrolment", summary = "End an enrolment")
    @PostMapping("/{id}/exit")
    Position exit(@PathVariable EnrolmentId id, @RequestBody Reason why) {
        return portal.send(new ExitEnrolment(id, Personal.of(why.reason())));
    }

    @Operation(operationId = "grantEntitlement", summary = "Grant an entitlement")
    @PostMapping("/{id}/entitlements")
    @ResponseStatus(HttpStatus.CREATED)
    Position grant(@PathVariable EnrolmentId id, @RequestBody NewEntitlement entitlement) {
        return portal.send(new GrantEntitlement(
                id,
                entitlement.entitlement(),
                money(entitlement.amount(), entitlement.currency()),
                entitlement.purpose(),
                entitlement.validFrom(),
                entitlement.validUntil()));
    }

    @Operation(operationId = "recordPayment", summary = "Record that money was paid")
    @PostMapping("/{id}/payments")
    @ResponseStatus(HttpStatus.CREATED)
    Position pay(@PathVariable EnrolmentId id, @RequestBody NewPayment payment) {
        return portal.send(new RecordPayment(
                id,
                payment.entitlement(),
                payment.reference(),
                money(payment.amount(), payment.currency()),
                payment.paidOn()));
    }

    @Operation(
            operationId = "recordPayments",
            summary = "Record many payments, each on its own, from a table in CSV (RFC 4180, UTF-8)")
    @PostMapping(path = "/payments", consumes = "text/csv", produces = "application/json")
    PaymentResults pay(
            @RequestBody byte[] table,
            @Parameter(hidden = true) @RequestHeader(required = false, name = "If-Match") @Nullable String expected) {
        if (expected != null) {
            // rows are about many streams, each at a version of its own
            throw new Refused(RefusalCode.INVALID, Map.of("field", "If-Match"));
        }
        if (table.length > PaymentList.MOST_BYTES) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        return new PaymentResults(payments.record(PaymentList.read(PaymentList.decoded(table))).stream()
                .map(RowResult::of)
                .toList());
    }

    private static Money money(BigDecimal amount, String currency) {
        boolean isKnown = Currency.getAvailableCurrencies().stream()
                .anyMatch(one -> one.getCurrencyCode().equals(currency));
        if (!isKnown) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "currency"));
        }
        return new Money(amount, currency);
    }
}
