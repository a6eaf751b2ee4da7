package org.selfservice.web.application;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramState;

/**
 * An application that is being filled in, with what it is judged by.
 *
 * @param answers those of the file, and what the current request adds
 * @param today in the program's zone
 */
record Draft(
        ApplicationFile file,
        ProgramDetails program,
        FormDefinition form,
        Map<String, Answer> answers,
        Set<String> asked,
        LocalDate today) {

    static Draft of(ApplicationFile file, ProgramDetails program, FormDefinition form, LocalDate today) {
        return new Draft(file, program, form, file.answers(), FormRules.asked(form, file.answers()), today);
    }

    /** The same with answers that were saved since the file was read. */
    Draft with(Map<String, Answer> saved) {
        Map<String, Answer> all = new LinkedHashMap<>(answers);
        all.putAll(saved);
        return new Draft(file, program, form, all, FormRules.asked(form, all), today);
    }

    boolean isOpen() {
        return file.state() == ApplicationState.DRAFT;
    }

    /** Whether it could be sent today, as far as the program goes. */
    boolean isTaken() {
        LocalDate opens = profile().opensOn();
        LocalDate closes = profile().closesOn();
        return program.state() == ProgramState.OPEN
                && (opens == null || !today.isBefore(opens))
                && (closes == null || !today.isAfter(closes));
    }

    ApplicationId id() {
        return file.id();
    }

    ProgramProfile profile() {
        return Objects.requireNonNull(program.profile(), "a program that is applied for has a profile");
    }

    String currency() {
        return profile().currency();
    }

    /** Pages that have something to ask, in order; documents are asked for on pages of their own. */
    List<Page> pages() {
        return form.pages().stream().filter(page -> !questions(page).isEmpty()).toList();
    }

    /** What the page asks, documents aside. */
    List<Field> questions(Page page) {
        return page.fields().stream()
                .filter(field -> asked.contains(field.id()) && field.type() != FieldType.FILE)
                .toList();
    }

    /** The questions that ask for documents. */
    List<Field> evidence() {
        return form.fields()
                .filter(field -> asked.contains(field.id()) && field.type() == FieldType.FILE)
                .toList();
    }

    List<Problem> problems() {
        return FormRules.problems(form, answers, today, currency());
    }

    List<Problem> problems(Page page) {
        return FormRules.problems(form, page, answers, today, currency());
    }

    boolean hasAnswers(Page page) {
        return page.fields().stream()
                .map(field -> answers.get(field.id()))
                .anyMatch(answer -> answer != null && !answer.isEmpty());
    }

    boolean isComplete(Page page) {
        return hasAnswers(page) && problems(page).isEmpty();
    }

    List<Document> documents(Field field) {
        return documents(file, field.id());
    }

    static List<Document> documents(ApplicationFile file, String field) {
        return file.documents().stream()
                .filter(document -> document.field().equals(field))
                .filter(document ->
                        document.state() == DocumentState.READY || document.state() == DocumentState.VERIFIED)
                .toList();
    }

    /** Whether it cannot be sent without a document for this question, or a reason where the program accepts one. */
    boolean needs(Field field) {
        return field.required() || requirement(field) != null;
    }

    boolean mayOwe(Field field) {
        DocumentRequirement requirement = requirement(field);
        return requirement != null && requirement.mayBeOwed();
    }

    /** Questions whose documents are missing, without a reason that the program accepts. */
    List<Field> missingEvidence() {
        List<Field> missing = new ArrayList<>();
        for (Field field : evidence()) {
            if (needs(field) && documents(field).isEmpty() && !file.deferred().containsKey(field.id())) {
                missing.add(field);
            }
        }
        return missing;
    }

    private @Nullable DocumentRequirement requirement(Field field) {
        return program.documents().stream()
                .filter(one -> one.field().equals(field.id()))
                .findFirst()
                .orElse(null);
    }
}
