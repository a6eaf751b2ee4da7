package org.selfservice.web.application.staff;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.application.ApplicationQuery.InformationGiven;
import org.selfservice.kernel.application.ApplicationQuery.TimelineEntry;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.form.AnswerText;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What a case's page shows of its file: what was sent and what came since, never what the person is still writing. */
@Component
class CaseFacts {
    private final CaseDesk desk;
    private final AnswerText words;

    CaseFacts(CaseDesk desk, AnswerText words) {
        this.desk = desk;
        this.words = words;
    }

    /** @param origin of all its answers but those that say another one themselves */
    record Section(String title, Origin origin, List<Line> lines) {
        public boolean isMixed() {
            return lines.stream().anyMatch(line -> !line.origin().equals(origin));
        }
    }

    /**
     * @param source code of where an answer came from: TYPED, PREFILLED, VERIFIED or GIVEN in answer to a request
     * @param at when it reached staff
     */
    record Origin(String source, Instant at) {}

    record Line(String label, List<String> values, List<AnswerText.Row> rows, Origin origin) {
        public String text() {
            return String.join("\n", values);
        }
    }

    /**
     * An answer that is another one since the application was sent.
     *
     * @param rows what differs inside a repeated group, whose texts are empty
     */
    record Change(String label, String before, String after, List<RowChanges.Row> rows, Instant at) {}

    /** @param isNew whether it came after the application was sent */
    record Handed(Document document, String label, boolean isNew) {}

    record Owed(String label, Deferral why) {}

    /** @param who null for the person; text is what was written with it */
    record Entry(
            String event, String who, Instant at, @Nullable String text, boolean visible) {}

    private record Known(Answer answer, Origin origin) {}

    List<Section> answers(ApplicationFile file, FormDefinition form, ProgramDetails program) {
        Locale locale = LocaleContextHolder.getLocale();
        Map<String, Known> known = known(file);
        List<Section> sections = new ArrayList<>();
        for (Page page : form.pages()) {
            List<Line> lines = page.fields().stream()
                    .filter(field -> known.containsKey(field.id()) && field.type() != FieldType.FILE)
                    .map(field -> line(field, known.get(field.id()), locale, currency(program)))
                    .toList();
            if (!lines.isEmpty()) {
                sections.add(new Section(page.title().in(locale), usual(lines), lines));
            }
        }
        return sections;
    }

    /** Where most of them came from. */
    private static Origin usual(List<Line> lines) {
        Map<Origin, Integer> times = new LinkedHashMap<>();
        lines.forEach(line -> times.merge(line.origin(), 1, Integer::sum));
        return times.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .orElseThrow()
                .getKey();
    }

    List<Change> changes(ApplicationFile file, FormDefinition form, ProgramDetails program) {
        Map<String, Answer> now = new HashMap<>(sent(file));
        List<Change> changes = new ArrayList<>();
        for (InformationGiven given : file.given()) {
            Map<String, Answer> answers = Objects.requireNonNullElse(given.answers(), Map.of());
            form.fields().filter(field -> answers.containsKey(field.id())).forEach(field -> {
                Answer before = now.put(field.id(), answers.get(field.id()));
                if (!answers.get(field.id()).equals(before)) {
                    changes.add(change(field, before, answers.get(field.id()), currency(program), given.at()));
                }
            });
        }
        return changes;
    }

    private Change change(Field field, @Nullable Answer before, Answer after, String currency, Instant at) {
        Locale locale = LocaleContextHolder.getLocale();
        boolean isGroup = field.type() == FieldType.GROUP;
        return new Change(
                field.label().in(locale),
                isGroup ? "" : text(field, before, currency),
                isGroup ? "" : text(field, after, currency),
                isGroup
                        ? RowChanges.between(
                                words.rows(field, before, locale, currency), words.rows(field, after, locale, currency))
                        : List.of(),
                at);
    }

    List<Handed> documents(ApplicationFile file, FormDefinition form) {
        return file.documents().stream()
                .filter(document -> document.state() != DocumentState.REMOVED)
                .map(document -> new Handed(
                        document,
                        label(form, document.field()),
                        document.uploadedAt().isAfter(Objects.requireNonNull(file.submittedAt()))))
                .toList();
    }

    List<Owed> owed(ApplicationFile file, FormDefinition form) {
        return file.deferred().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Owed(label(form, entry.getKey()), entry.getValue()))
                .toList();
    }

    /** Newest first, from when it was sent on. */
    List<Entry> history(ApplicationFile file) {
        return file.timeline().stream()
                .sorted(Comparator.comparingLong(TimelineEntry::sequence).reversed())
                .map(entry -> new Entry(entry.event(), desk.by(entry), entry.at(), entry.text(), entry.visible()))
                .toList();
    }

    static String label(FormDefinition form, String field) {
        return form.field(field)
                .map(one -> one.label().in(LocaleContextHolder.getLocale()))
                .orElse(field);
    }

    private static Map<String, Known> known(ApplicationFile file) {
        Submission submission = file.submission();
        Instant sentAt = Objects.requireNonNull(file.submittedAt());
        Map<String, Known> known = new HashMap<>();
        sent(file)
                .forEach((field, answer) -> known.put(
                        field,
                        new Known(
                                answer,
                                new Origin(
                                        source(
                                                submission == null
                                                        ? null
                                                        : submission.sources().get(field)),
                                        sentAt))));
        for (InformationGiven given : file.given()) {
            Objects.requireNonNullElse(given.answers(), Map.<String, Answer>of())
                    .forEach((field, answer) -> known.put(field, new Known(answer, new Origin("GIVEN", given.at()))));
        }
        return known;
    }

    private static Map<String, Answer> sent(ApplicationFile file) {
        Submission submission = file.submission();
        return submission == null ? Map.of() : submission.answers().or(Map.of());
    }

    private static String source(@Nullable AnswerSource source) {
        return source == null || source.kind() == AnswerSource.Kind.TYPED
                ? "TYPED"
                : source.verified() ? "VERIFIED" : "PREFILLED";
    }

    private Line line(Field field, Known known, Locale locale, String currency) {
        boolean isGroup = field.type() == FieldType.GROUP;
        return new Line(
                field.label().in(locale),
                isGroup ? List.of() : words.lines(field, known.answer(), locale, currency),
                isGroup ? words.rows(field, known.answer(), locale, currency) : List.of(),
                known.origin());
    }

    private String text(Field field, @Nullable Answer answer, String currency) {
        String text = String.join("\n", words.lines(field, answer, LocaleContextHolder.getLocale(), currency));
        return text.isEmpty() ? desk.text("cases.no-answer") : text;
    }

    private static String currency(ProgramDetails program) {
        return program.profile() == null ? Money.NO_CURRENCY : program.profile().currency();
    }
}
