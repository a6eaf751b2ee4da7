package org.selfservice.query.analytics;

import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.analytics.PaymentFacts;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.enrolment.EnrolmentEvent.PaymentRecorded;
import org.selfservice.query.View;
import org.springframework.stereotype.Component;

/** One document a payment. */
@Component
final class PaymentFactsView implements View<PaymentFacts> {
    @Override
    public String name() {
        return "payment-facts";
    }

    @Override
    public Class<PaymentFacts> document() {
        return PaymentFacts.class;
    }

    @Override
    public Set<Class<? extends Event>> reads() {
        return Set.of(EnrolmentEvent.class);
    }

    @Override
    public @Nullable String id(Event event) {
        return event instanceof PaymentRecorded paid
                ? FactsView.idOf(paid.stream() + " payment " + paid.entitlement() + " " + paid.reference())
                : null;
    }

    @Override
    public PaymentFacts empty(String id) {
        return new PaymentFacts(id, null, null, null);
    }

    @Override
    public PaymentFacts apply(PaymentFacts facts, Event event, Meta meta) {
        PaymentRecorded paid = (PaymentRecorded) event;
        return new PaymentFacts(facts.id(), paid.program(), paid.paidOn(), paid.amount());
    }

    @Override
    public Map<String, @Nullable Object> lifted(PaymentFacts facts) {
        Map<String, @Nullable Object> lifted = new HashMap<>();
        if (facts.program() != null && facts.paidOn() != null && facts.amount() != null) {
            lifted.put("program", facts.program().value());
            lifted.put(
                    "paidOn",
                    Date.from(facts.paidOn().atStartOfDay(ZoneOffset.UTC).toInstant()));
            lifted.put("month", facts.paidOn().toString().substring(0, 7));
            lifted.put("currency", facts.amount().currency());
            lifted.put("amount", new Decimal128(facts.amount().amount()));
        }
        return lifted;
    }

    @Override
    public List<Index> indexes() {
        return List.of(Index.on("program", "paidOn"), Index.on("paidOn"));
    }
}
