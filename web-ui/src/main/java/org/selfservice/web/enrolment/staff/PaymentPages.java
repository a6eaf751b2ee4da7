package org.selfservice.web.enrolment.staff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.enrolment.EnrolmentCommand.RecordPayment;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.web.Portal;
import org.selfservice.web.Refusals;
import org.selfservice.web.enrolment.staff.Memberships.Membership;
import org.selfservice.web.enrolment.staff.PaymentList.Row;
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
    private static final int MOST_BYTES = 1_000_000;

    private final Portal portal;
    private final Memberships memberships;
    private final Refusals refusals;
    private final MessageSource texts;

    PaymentPages(Portal portal, Memberships memberships, Refusals refusals, MessageSource texts) {
        this.portal = portal;
        this.memberships = memberships;
        this.refusals = refusals;
        this.texts = texts;
    }

    enum Outcome {
        RECORDED,
        /** It was recorded before. */
        KNOWN,
        REFUSED
    }

    /** @param why it was refused */
    record Result(Row row, Outcome outcome, @Nullable String why) {}

    @GetMapping
    String ask(Model model) {
        return page("", List.of(), List.of(), model);
    }

    @PostMapping
    String record(HttpServletRequest request, Model model, HttpServletResponse response) throws IOException {
        String table = "";
        try {
            table = table(request);
            List<Result> results = pay(PaymentList.read(table));
            List<Row> left = results.stream()
                    .filter(one -> one.outcome() == Outcome.REFUSED)
                    .map(Result::row)
                    .toList();
            return page(left.isEmpty() ? "" : PaymentList.write(left), results, List.of(), model);
        } catch (Refused no) {
            response.setStatus(422);
            String what = no.details().getOrDefault("field", "rows");
            return page(table, List.of(), List.of(new PageError("#table", text("enrolments.table." + what))), model);
        }
    }

    private List<Result> pay(List<Row> rows) {
        Map<EnrolmentId, Membership> known = new HashMap<>();
        Map<EnrolmentId, Position> reached = new HashMap<>();
        List<Result> results = new ArrayList<>();
        for (Row row : rows) {
            try {
                EnrolmentId id = memberships.id(row.enrolment());
                Membership membership = known.computeIfAbsent(id, memberships::find);
                Position before = reached.getOrDefault(
                        id, new Position(id.value(), membership.line().sequence()));
                Position after = portal.send(payment(row, membership));
                reached.put(id, after);
                boolean isNew = after.sequence() > before.sequence();
                results.add(new Result(row, isNew ? Outcome.RECORDED : Outcome.KNOWN, null));
            } catch (Refused no) {
                results.add(new Result(row, Outcome.REFUSED, why(no)));
            }
        }
        reached.forEach(memberships::await);
        return results;
    }

    private static RecordPayment payment(Row row, Membership membership) {
        Money amount = Entry.parseMoney(row.amount(), membership.currency());
        LocalDate on = Entry.parseDate(row.paidOn());
        if (amount == null || on == null) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", amount == null ? "paidAmount" : "paidOn"));
        }
        return new RecordPayment(membership.line().id(), row.entitlement(), row.reference(), amount, on);
    }

    private String why(Refused no) {
        String field = no.details().getOrDefault("field", "");
        return switch (no.code()) {
            case NOT_FOUND -> text("enrolments.wrong.enrolment");
            case INVALID ->
                text(
                        switch (field) {
                            case "paidAmount", "amount" -> "enrolments.wrong.paidAmount";
                            case "paidOn", "reference" -> "enrolments.wrong." + field;
                            default -> "enrolments.wrong.enrolment";
                        });
            default -> refusals.text(no.refusal());
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
                byte[] bytes = part.getInputStream().readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw invalid("size");
                }
                if (part.isFormField()) {
                    typed = part.getFieldName().equals("table") ? decoded(bytes) : typed;
                } else {
                    file = decoded(bytes);
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

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException otherCharset) {
            throw invalid("charset");
        }
    }

    private static Refused invalid(String what) {
        return new Refused(RefusalCode.INVALID, Map.of("field", what));
    }

    private static String page(String table, List<Result> results, List<PageError> errors, Model model) {
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
