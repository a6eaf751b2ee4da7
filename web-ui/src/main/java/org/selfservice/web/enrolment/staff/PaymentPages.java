package org.selfservice.web.enrolment.staff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.Refused.Refusal;
import org.selfservice.web.Refusals;
import org.selfservice.web.enrolment.staff.PaymentList.Row;
import org.selfservice.web.enrolment.staff.Payments.Outcome;
import org.selfservice.web.enrolment.staff.Payments.Result;
import org.selfservice.web.page.PageError;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Many payments at once. Each row is a payment of its own: those that are right are recorded, those that are not come back
 * to be mended. The payer's reference makes that the same row twice is one payment.
 */
@Controller
@RequestMapping("/staff/enrolments/payments")
class PaymentPages {
    private final Payments payments;
    private final Refusals refusals;
    private final MessageSource texts;

    PaymentPages(Payments payments, Refusals refusals, MessageSource texts) {
        this.payments = payments;
        this.refusals = refusals;
        this.texts = texts;
    }

    /** @param why it was refused */
    record Shown(Row row, Outcome outcome, @Nullable String why) {}

    @GetMapping
    String ask(Model model) {
        return page("", List.of(), List.of(), model);
    }

    @PostMapping
    String record(HttpServletRequest request, Model model, HttpServletResponse response) throws IOException {
        String table = "";
        try {
            table = table(request);
            List<Shown> results = payments.record(PaymentList.read(table)).stream()
                    .map(this::shown)
                    .toList();
            List<Row> left = results.stream()
                    .filter(one -> one.outcome() == Outcome.REFUSED)
                    .map(Shown::row)
                    .toList();
            return page(left.isEmpty() ? "" : PaymentList.write(left), results, List.of(), model);
        } catch (Refused no) {
            response.setStatus(422);
            String what = no.details().getOrDefault("field", "rows");
            return page(table, List.of(), List.of(new PageError("#table", text("enrolments.table." + what))), model);
        }
    }

    private Shown shown(Result result) {
        Refusal no = result.refusal();
        return new Shown(result.row(), result.outcome(), no == null ? null : why(no));
    }

    private String why(Refusal no) {
        String field = no.details().getOrDefault("field", "");
        return switch (no.code()) {
            case NOT_FOUND -> text("enrolments.wrong.enrolment");
            case INVALID ->
                text(
                        switch (field) {
                            case "amount" -> "enrolments.wrong.paidAmount";
                            case "paidOn", "reference" -> "enrolments.wrong." + field;
                            default -> "enrolments.wrong.enrolment";
                        });
            default -> refusals.text(no);
        };
    }

    /** A file, or what was typed where there is none. */
    private static String table(HttpServletRequest request) throws IOException {
        if (!JakartaServletFileUpload.isMultipartContent(request)) {
            throw invalid("rows");
        }
        String typed = "";
        String file = "";
        try {
            FileItemInputIterator parts = new JakartaServletFileUpload<>().getItemIterator(request);
            while (parts.hasNext()) {
                FileItemInput part = parts.next();
                byte[] bytes = part.getInputStream().readNBytes(PaymentList.MOST_BYTES + 1);
                if (bytes.length > PaymentList.MOST_BYTES) {
                    throw invalid("size");
                }
                if (part.isFormField()) {
                    typed = part.getFieldName().equals("table") ? PaymentList.decoded(bytes) : typed;
                } else {
                    file = PaymentList.decoded(bytes);
                }
            }
        } catch (FileUploadException broken) {
            throw invalid("rows");
        }
        String table = file.isBlank() ? typed : file;
        if (table.isBlank()) {
            throw invalid("rows");
        }
        return table;
    }

    private static Refused invalid(String what) {
        return new Refused(RefusalCode.INVALID, Map.of("field", what));
    }

    private static String page(String table, List<Shown> results, List<PageError> errors, Model model) {
        model.addAttribute("table", table);
        model.addAttribute("results", results);
        model.addAttribute("errors", errors);
        for (Outcome outcome : Outcome.values()) {
            model.addAttribute(
                    outcome.name(),
                    results.stream().filter(one -> one.outcome() == outcome).count());
        }
        return "enrolment/staff/payments";
    }

    private String text(String key) {
        return texts.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
