package org.selfservice.command.application;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormCode;

/**
 * The answers as they stand, and the form version that asks for them.
 *
 * @param changedAt by field, the sequence number of the event that last changed its answer
 */
record Draft(
        @Nullable FormCode form,
        int formVersion,
        Personal<Map<String, Answer>> answers,
        Map<String, AnswerSource> sources,
        Map<String, Long> changedAt,
        Instant keptUntil) {
    static final Draft NONE = new Draft(null, 0, Personal.of(Map.of()), Map.of(), Map.of(), Instant.EPOCH);

    FormCode pinned() {
        if (form == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return form;
    }

    Map<String, Answer> known() {
        return answers.or(Map.of());
    }

    Draft pinnedTo(FormCode code, int version) {
        return new Draft(code, version, answers, sources, changedAt, keptUntil);
    }

    Draft kept(Instant until) {
        return new Draft(form, formVersion, answers, sources, changedAt, until);
    }

    /** An empty answer clears the field. */
    Draft saved(Personal<Map<String, Answer>> changed, Map<String, AnswerSource> from, long sequence) {
        Map<String, AnswerSource> origins = new HashMap<>(sources);
        Map<String, Long> changes = new HashMap<>(changedAt);
        Map<String, Answer> all = new LinkedHashMap<>(known());
        changed.or(Map.of()).forEach((field, answer) -> {
            origins.remove(field);
            changes.put(field, sequence);
            all.remove(field);
            if (!answer.isEmpty()) {
                all.put(field, answer);
            }
        });
        origins.putAll(from);
        return new Draft(
                form,
                formVersion,
                changed.isErased() ? Personal.erased() : Personal.of(Collections.unmodifiableMap(all)),
                Map.copyOf(origins),
                Map.copyOf(changes),
                keptUntil);
    }

    Draft frozen(Personal<Map<String, Answer>> sent, Map<String, AnswerSource> from) {
        return new Draft(form, formVersion, sent, from, changedAt, keptUntil);
    }

    Draft without(Collection<String> fields) {
        Map<String, Answer> left = new LinkedHashMap<>(known());
        Map<String, AnswerSource> origins = new HashMap<>(sources);
        left.keySet().removeAll(fields);
        origins.keySet().removeAll(fields);
        return new Draft(
                form,
                formVersion,
                answers.map(_ -> Collections.unmodifiableMap(left)),
                Map.copyOf(origins),
                changedAt,
                keptUntil);
    }
}
