package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.web.application.Task.State.CANNOT_START;
import static org.selfservice.web.application.Task.State.COMPLETED;
import static org.selfservice.web.application.Task.State.IN_PROGRESS;
import static org.selfservice.web.application.Task.State.NOT_STARTED;
import static org.selfservice.web.application.Task.State.OPTIONAL;
import static org.selfservice.web.application.Task.State.OWED;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Answer;

class TaskTest {
    private final DraftAlone alone = new DraftAlone();

    @Test
    void an_empty_draft_has_everything_before_it() {
        assertThat(states())
                .containsEntry("about", NOT_STARTED)
                .containsEntry("work", NOT_STARTED)
                .containsEntry("story", OPTIONAL)
                .containsEntry("household", OPTIONAL)
                .containsEntry("id_card", NOT_STARTED);
    }

    @Test
    void a_page_of_documents_alone_is_no_row_of_questions() {
        assertThat(Task.questions(alone.draft())).extracting(Task::id).doesNotContain("evidence");
    }

    @Test
    void a_page_with_one_good_answer_of_several_is_in_progress() {
        alone.answers.put("full_name", Answer.text("Lena"));
        assertThat(states()).containsEntry("about", IN_PROGRESS);
    }

    @Test
    void a_page_with_a_wrong_answer_is_in_progress() {
        alone.answers.put("works", Answer.text("perhaps"));
        assertThat(states()).containsEntry("work", IN_PROGRESS);
    }

    @Test
    void a_page_with_nothing_wrong_is_completed() {
        alone.answers.put("works", Answer.text("no"));
        assertThat(states()).containsEntry("work", COMPLETED);
    }

    @Test
    void a_page_that_depends_on_an_open_question_cannot_start_and_says_on_which() {
        Task job = Task.questions(alone.draft()).stream()
                .filter(task -> task.id().equals("job"))
                .findFirst()
                .orElseThrow();
        assertThat(job.state()).isEqualTo(CANNOT_START);
        assertThat(job.waitsFor()).isEqualTo(SampleForm.WORK.title());
    }

    @Test
    void a_page_that_is_not_asked_is_no_task() {
        alone.answers.put("works", Answer.text("no"));
        assertThat(states()).doesNotContainKey("job");
        alone.answers.put("works", Answer.text("yes"));
        assertThat(states()).containsEntry("job", NOT_STARTED);
    }

    @Test
    void a_document_is_completed_when_one_is_there_and_not_when_it_was_rejected() {
        alone.documents.add(document(DocumentState.REJECTED));
        assertThat(states()).containsEntry("id_card", NOT_STARTED);
        alone.documents.add(document(DocumentState.READY));
        assertThat(states()).containsEntry("id_card", COMPLETED);
    }

    @Test
    void a_document_that_comes_later_is_owed() {
        alone.deferred.put("id_card", Deferral.REMIND_ME);
        assertThat(states()).containsEntry("id_card", OWED);
    }

    static Document document(DocumentState state) {
        return new Document(
                new DocumentId("d-0000000000000000000000"),
                "id_card",
                "card.jpg",
                "image/jpeg",
                20_000,
                "cd".repeat(32),
                false,
                DraftAlone.NOW,
                state,
                null);
    }

    private Map<String, Task.State> states() {
        return List.of(Task.questions(alone.draft()), Task.documents(alone.draft())).stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(Task::id, Task::state, (one, other) -> one, LinkedHashMap::new));
    }
}
