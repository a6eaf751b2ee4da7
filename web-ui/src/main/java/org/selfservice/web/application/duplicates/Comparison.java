package org.selfservice.web.application.duplicates;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Portal;
import org.selfservice.web.form.AnswerText;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Two applications question by question, whatever their forms are. */
@Component
class Comparison {
    private static final FormDefinition NO_FORM = new FormDefinition(List.of());

    private final Portal portal;
    private final AnswerText words;

    Comparison(Portal portal, AnswerText words) {
        this.portal = portal;
        this.words = words;
    }

    /** @param program null when it is not known any more */
    record Side(ApplicationFile file, @Nullable ProgramDetails program, FormDefinition form) {
        String currency() {
            return program == null || program.profile() == null
                    ? Money.NO_CURRENCY
                    : program.profile().currency();
        }
    }

    /** @param equal whether both answered, and the same */
    record Line(String id, String label, List<String> one, List<String> other, boolean equal) {
        public String text(boolean first) {
            return String.join("\n", first ? one : other);
        }

        /** As each wrote it; once when both wrote it alike. */
        public List<String> writings() {
            return Stream.of(text(true), text(false)).distinct().toList();
        }
    }

    /** @param equal whether the other one handed in a file of the same content */
    record Handed(Document document, String label, boolean equal) {}

    Side side(ApplicationFile file) {
        FormDefinition form = file.form() == null
                ? null
                : portal.ask(new FindFormVersion(file.form(), file.formVersion()))
                        .definition();
        ProgramDetails program = file.program() == null ? null : portal.ask(new FindProgram(file.program()));
        return new Side(file, program, form == null ? NO_FORM : form);
    }

    /** What both answered alike, and what differs, each in the order of the first one's form. */
    List<Line> lines(Side one, Side other) {
        List<Line> lines = new ArrayList<>();
        Set<String> paired = new HashSet<>();
        asked(one).forEach(field -> {
            Field twin = twin(field, other);
            if (twin != null) {
                paired.add(twin.id());
            }
            lines.add(line(field, one, twin, other));
        });
        asked(other).stream()
                .filter(field -> !paired.contains(field.id()))
                .forEach(field -> lines.add(line(null, one, field, other)));
        return lines.stream()
                .filter(line -> !line.one().isEmpty() || !line.other().isEmpty())
                .toList();
    }

    List<Handed> documents(Side one, Side other) {
        Locale locale = LocaleContextHolder.getLocale();
        return standing(one.file()).stream()
                .map(document -> new Handed(
                        document,
                        one.form()
                                .field(document.field())
                                .map(field -> field.label().in(locale))
                                .orElse(document.field()),
                        standing(other.file()).stream()
                                .anyMatch(twin -> twin.sha256().equals(document.sha256()))))
                .toList();
    }

    private static List<Document> standing(ApplicationFile file) {
        return file.documents().stream()
                .filter(document -> document.state() != DocumentState.REMOVED)
                .toList();
    }

    private static List<Field> asked(Side side) {
        return side.form()
                .fields()
                .filter(field -> field.type() != FieldType.FILE)
                .toList();
    }

    /** The question of the other form that is filled in from the same attribute, or has the same id. */
    private static @Nullable Field twin(Field field, Side other) {
        return asked(other).stream()
                .filter(one -> field.prefill() != null && field.prefill().equals(one.prefill()))
                .findFirst()
                .or(() -> asked(other).stream()
                        .filter(one -> one.id().equals(field.id()))
                        .findFirst())
                .orElse(null);
    }

    private Line line(@Nullable Field field, Side one, @Nullable Field twin, Side other) {
        Locale locale = LocaleContextHolder.getLocale();
        Answer first = answer(field, one.file().answers());
        Answer second = answer(twin, other.file().answers());
        Field either = field != null ? field : twin;
        return new Line(
                either == null ? "" : either.id(),
                either == null ? "" : either.label().in(locale),
                field == null ? List.of() : lines(field, first, locale, one.currency()),
                twin == null ? List.of() : lines(twin, second, locale, other.currency()),
                first != null && second != null && isEqual(first, second));
    }

    /** Of a repeated group all that each row holds, as two rows of one title may differ. */
    private List<String> lines(Field field, @Nullable Answer answer, Locale locale, String currency) {
        return field.type() != FieldType.GROUP
                ? words.lines(field, answer, locale, currency)
                : words.rows(field, answer, locale, currency).stream()
                        .map(row -> row.lines().stream()
                                .map(line -> line.label() + ": " + String.join(", ", line.values()))
                                .collect(Collectors.joining("\n")))
                        .toList();
    }

    /** The same words, however they are written and in whichever order: so a name is the same that has its parts turned. */
    private static boolean isEqual(Answer one, Answer other) {
        if (one instanceof Answer.Text(String first) && other instanceof Answer.Text(String second)) {
            List<String> words = words(first);
            return !words.isEmpty()
                    && (words.stream()
                                    .sorted()
                                    .toList()
                                    .equals(words(second).stream().sorted().toList())
                            || String.join("", words).equals(String.join("", words(second))));
        }
        return one.equals(other);
    }

    private static List<String> words(String text) {
        return Arrays.stream(Normalizer.normalize(text, Normalizer.Form.NFKD)
                        .replaceAll("\\p{M}", "")
                        .toLowerCase(Locale.ROOT)
                        .split("[^\\p{L}\\p{Nd}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static @Nullable Answer answer(@Nullable Field field, Map<String, Answer> answers) {
        return field == null ? null : answers.get(field.id());
    }
}
