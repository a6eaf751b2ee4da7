package org.selfservice.web.application;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.form.Questions;
import org.springframework.stereotype.Component;

/** Saves what a page posted: whatever changed, valid or not. */
@Component
class Saving {
    private final Portal portal;
    private final Drafts drafts;

    Saving(Portal portal, Drafts drafts) {
        this.portal = portal;
        this.drafts = drafts;
    }

    sealed interface Outcome {}

    /** @param position null when nothing had changed */
    record Saved(Draft draft, @Nullable Position position) implements Outcome {
        long basis() {
            return position == null ? draft.file().sequence() : position.sequence();
        }
    }

    /**
     * Some answers were changed on another page or device since this one was shown; the others are saved.
     *
     * @param now the draft with what was saved elsewhere
     * @param fields ids of those that are not saved
     */
    record ChangedElsewhere(Draft now, List<String> fields) implements Outcome {}

    /** @param refusal why nothing was saved, such as an answer that is far too long */
    record NotSaved(Refused.Refusal refusal) implements Outcome {}

    /**
     * @param basis the application's sequence number when the page was shown
     * @param typed by field id; what looks the same as what is stored is not a change
     * @param sources of answers that were not typed
     */
    Outcome save(SignedIn who, Draft draft, long basis, Map<String, Answer> typed, Map<String, AnswerSource> sources) {
        Map<String, Answer> changed = new LinkedHashMap<>();
        typed.forEach((id, answer) -> {
            Field field = draft.form().field(id).orElseThrow(() -> new Refused(RefusalCode.UNKNOWN_FIELD));
            if (!Questions.looksTheSame(field, draft.file().answers().get(id), answer)) {
                changed.put(id, answer);
            }
        });
        if (changed.isEmpty()) {
            return new Saved(draft, null);
        }
        try {
            return new Saved(draft.with(changed), send(who, draft, basis, changed, sources));
        } catch (Refused refused) {
            return switch (refused.code()) {
                case ANSWERS_CHANGED_ELSEWHERE -> rest(who, draft, basis, changed, sources, refused);
                case INVALID, VALUE_NOT_VALID, ANSWERS_NOT_VALID -> new NotSaved(refused.refusal());
                default -> throw refused;
            };
        }
    }

    /** One answer that was changed elsewhere must not cost the others. */
    private Outcome rest(
            SignedIn who,
            Draft draft,
            long basis,
            Map<String, Answer> changed,
            Map<String, AnswerSource> sources,
            Refused refused) {
        List<String> fields = Arrays.stream(
                        refused.details().getOrDefault("fields", "").split("[ ,]+"))
                .filter(changed::containsKey)
                .toList();
        Map<String, Answer> others = new LinkedHashMap<>(changed);
        others.keySet().removeAll(fields);
        if (fields.isEmpty()) {
            throw refused;
        }
        if (others.isEmpty()) {
            return new ChangedElsewhere(drafts.find(who, draft.id()), fields);
        }
        return new ChangedElsewhere(drafts.find(who, send(who, draft, basis, others, sources)), fields);
    }

    private Position send(
            SignedIn who, Draft draft, long basis, Map<String, Answer> answers, Map<String, AnswerSource> sources) {
        Map<String, AnswerSource> known = new LinkedHashMap<>(sources);
        known.keySet().retainAll(answers.keySet());
        return portal.send(new SaveAnswers(
                draft.id(), who.registrant(), basis, Personal.of(Map.copyOf(answers)), Map.copyOf(known)));
    }
}
