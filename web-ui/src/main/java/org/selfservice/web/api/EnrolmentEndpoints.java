package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ExitEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.GrantEntitlement;
import org.selfservice.kernel.enrolment.EnrolmentCommand.PauseEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.RecordPayment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ResumeEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Portal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/enrolments")
@Tag(name = "Enrolments")
class EnrolmentEndpoints {
    private final Portal portal;
    private final Pseudonyms pseudonyms;

    EnrolmentEndpoints(Portal portal, Pseudonyms pseudonyms) {
        this.portal = portal;
        this.pseudonyms = pseudonyms;
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

    private static Money money(BigDecimal amount, String currency) {
        boolean isKnown = Currency.getAvailableCurrencies().stream()
                .anyMatch(one -> one.getCurrencyCode().equals(currency));
        if (!isKnown) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "currency"));
        }
        return new Money(amount, currency);
    }
}
