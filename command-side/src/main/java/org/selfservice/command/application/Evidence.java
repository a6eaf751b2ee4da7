package org.selfservice.command.application;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.document.DocumentId;

/**
 * The documents of an application.
 *
 * @param documents by id, in the order of their arrival
 * @param deferred by file question, why nothing is handed in now
 * @param sentUpTo sequence number of the last sending: what came before is frozen; -1 while nothing was sent
 */
record Evidence(Map<String, Held> documents, Map<String, Deferral> deferred, long sentUpTo) {
    static final Evidence NONE = new Evidence(Map.of(), Map.of(), -1);

    enum Mark {
        HANDED_IN,
        VERIFIED,
        REJECTED,
        REMOVED
    }

    /** @param since sequence number of its upload */
    record Held(SentDocument document, long since, Mark mark) {
        boolean counts() {
            return mark == Mark.HANDED_IN || mark == Mark.VERIFIED;
        }
    }

    @Nullable
    Held find(DocumentId document) {
        return documents.get(document.value());
    }

    /** @throws Refused DOCUMENT_UNKNOWN */
    Held held(DocumentId document) {
        Held held = find(document);
        if (held == null) {
            throw new Refused(RefusalCode.DOCUMENT_UNKNOWN);
        }
        return held;
    }

    List<Held> in(String field) {
        return documents.values().stream()
                .filter(held -> held.counts() && held.document().field().equals(field))
                .toList();
    }

    boolean hasRejected(String field) {
        return documents.values().stream()
                .anyMatch(held ->
                        held.mark() == Mark.REJECTED && held.document().field().equals(field));
    }

    boolean isFrozen(Held held) {
        return held.since() <= sentUpTo || held.mark() == Mark.VERIFIED;
    }

    Evidence with(SentDocument document, long sequence) {
        Map<String, Deferral> left = new HashMap<>(deferred);
        left.remove(document.field());
        return with(new Held(document, sequence, Mark.HANDED_IN)).deferring(left);
    }

    Evidence marked(DocumentId document, Mark mark) {
        Held held = held(document);
        return with(new Held(held.document(), held.since(), mark));
    }

    Evidence deferred(String field, @Nullable Deferral why) {
        Map<String, Deferral> all = new HashMap<>(deferred);
        if (why == null) {
            all.remove(field);
        } else {
            all.put(field, why);
        }
        return deferring(all);
    }

    Evidence sent(long sequence) {
        return new Evidence(documents, deferred, sequence);
    }

    Evidence without(Collection<String> fields) {
        Map<String, Deferral> left = new HashMap<>(deferred);
        left.keySet().removeAll(fields);
        return deferring(left);
    }

    private Evidence with(Held held) {
        Map<String, Held> all = new LinkedHashMap<>(documents);
        all.put(held.document().document().value(), held);
        return new Evidence(Collections.unmodifiableMap(all), deferred, sentUpTo);
    }

    private Evidence deferring(Map<String, Deferral> why) {
        return new Evidence(documents, Map.copyOf(why), sentUpTo);
    }
}
