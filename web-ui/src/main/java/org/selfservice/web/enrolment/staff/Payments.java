package org.selfservice.web.enrolment.staff;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.Refused.Refusal;
import org.selfservice.kernel.enrolment.EnrolmentCommand.RecordPayment;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.web.Portal;
import org.selfservice.web.enrolment.staff.Memberships.Membership;
import org.selfservice.web.enrolment.staff.PaymentList.Row;
import org.springframework.stereotype.Component;

/** Records a table's rows, each as a payment of its own: one that is refused holds up no other. */
@Component
public class Payments {
    private final Portal portal;
    private final Memberships memberships;

    Payments(Portal portal, Memberships memberships) {
        this.portal = portal;
        this.memberships = memberships;
    }

    public enum Outcome {
        RECORDED,
        /** It was recorded before. */
        KNOWN,
        REFUSED
    }

    /** @param refusal why it was refused, with the column's name as detail {@code field} where it is a column's fault */
    public record Result(Row row, Outcome outcome, @Nullable Refusal refusal) {}

    public List<Result> record(List<Row> rows) {
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
                results.add(new Result(row, Outcome.REFUSED, no.refusal()));
            }
        }
        reached.forEach(memberships::await);
        return results;
    }

    private static RecordPayment payment(Row row, Membership membership) {
        Money amount = Entry.parseMoney(row.amount(), membership.currency());
        LocalDate on = Entry.parseDate(row.paidOn());
        if (amount == null || on == null) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", amount == null ? "amount" : "paidOn"));
        }
        return new RecordPayment(membership.line().id(), row.entitlement(), row.reference(), amount, on);
    }
}
