package org.selfservice.web.application;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.Page;

/**
 * One row of the task list: a page of questions, or a document to hand in.
 *
 * @param path below the application's address
 * @param waitsFor of what cannot start yet: the page that must be answered first
 */
record Task(
        String id,
        String path,
        LocalizedText title,
        State state,
        @Nullable LocalizedText waitsFor) {

    enum State {
        COMPLETED,
        IN_PROGRESS,
        NOT_STARTED,
        /** Nothing on it must be answered, and nothing is. */
        OPTIONAL,
        /** Whether it is asked depends on a question that has no answer yet. */
        CANNOT_START,
        /** The document comes later; the person said why. */
        OWED
    }

    /** Whether nothing is left to do here before sending. */
    boolean isDone() {
        return state == State.COMPLETED || state == State.OPTIONAL || state == State.OWED;
    }

    /** Pages of questions, those that are not asked left out. */
    static List<Task> questions(Draft draft) {
        List<Task> tasks = new ArrayList<>();
        Map<String, Page> waiting = new LinkedHashMap<>();
        for (Page page : draft.form().pages()) {
            List<Field> questions = draft.questions(page);
            String path = "/pages/" + page.id();
            if (!questions.isEmpty()) {
                tasks.add(new Task(page.id(), path, page.title(), state(draft, page), null));
                questions.stream()
                        .filter(field -> isOpen(draft, field))
                        .forEach(field -> waiting.put(field.id(), page));
                continue;
            }
            Page first = waitsFor(page, waiting);
            if (first != null) {
                tasks.add(new Task(page.id(), path, page.title(), State.CANNOT_START, first.title()));
                page.fields().forEach(field -> waiting.put(field.id(), first));
            }
        }
        return tasks;
    }

    static List<Task> documents(Draft draft) {
        return draft.evidence().stream()
                .map(field ->
                        new Task(field.id(), "/documents/" + field.id(), field.label(), state(draft, field), null))
                .toList();
    }

    private static State state(Draft draft, Page page) {
        boolean fine = draft.problems(page).isEmpty();
        if (draft.hasAnswers(page)) {
            return fine ? State.COMPLETED : State.IN_PROGRESS;
        }
        return fine ? State.OPTIONAL : State.NOT_STARTED;
    }

    private static State state(Draft draft, Field field) {
        List<Document> documents = draft.documents(field);
        if (!documents.isEmpty()) {
            return State.COMPLETED;
        }
        if (draft.file().deferred().containsKey(field.id())) {
            return State.OWED;
        }
        return draft.needs(field) ? State.NOT_STARTED : State.OPTIONAL;
    }

    private static boolean isOpen(Draft draft, Field field) {
        Answer answer = draft.answers().get(field.id());
        return answer == null || answer.isEmpty();
    }

    /** The page with the first unanswered question that decides whether this page, or all that it asks, is asked. */
    private static @Nullable Page waitsFor(Page page, Map<String, Page> waiting) {
        Set<String> decisive = new LinkedHashSet<>();
        if (page.showIf() != null) {
            decisive.addAll(tested(page.showIf()));
        } else {
            page.fields().stream()
                    .filter(field -> field.type() != FieldType.FILE && field.showIf() != null)
                    .forEach(field -> decisive.addAll(tested(field.showIf())));
        }
        return decisive.stream()
                .filter(waiting::containsKey)
                .map(waiting::get)
                .findFirst()
                .orElse(null);
    }

    private static List<String> tested(Condition condition) {
        return condition.tests().stream().map(Condition.Test::field).toList();
    }
}
