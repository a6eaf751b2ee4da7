package org.selfservice.kernel.form;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which questions are asked, what an answer means, and which answers a form version allows. Pages and commands ask the same functions. */
public final class FormRules {
    private FormRules() {}

    /**
     * What is wrong with the answer at a path such as {@code birthdate}, {@code members[0].name} or {@code address.line1}.
     *
     * @param details what a message says besides: {@code limit} and {@code length} in code points, {@code min} and
     *     {@code max} of numbers and rows, {@code rows}, {@code decimals}, {@code earliest} and {@code latest} as ISO dates,
     *     {@code missing} parts of a date; of a mistake in a definition {@code what} is wrong, and the {@code field} or
     *     {@code option} that it names
     */
    public record Problem(String path, ProblemCode code, Map<String, String> details) {
        public Problem {
            details = Map.copyOf(details);
        }
    }

    public enum ProblemCode {
        REQUIRED,
        /** The answer has another shape than the question takes. */
        WRONG_KIND,
        TOO_SHORT,
        TOO_LONG,
        NOT_A_NUMBER,
        TOO_SMALL,
        TOO_LARGE,
        TOO_MANY_DECIMALS,
        NOT_A_DATE,
        TOO_EARLY,
        TOO_LATE,
        IN_FUTURE,
        NOT_AN_OPTION,
        NOT_A_PHONE_NUMBER,
        NOT_AN_EMAIL,
        TOO_FEW_ROWS,
        TOO_MANY_ROWS,
        NOT_ALLOWED_CHARACTERS,
        /** Of a definition: the same id or option twice. */
        DUPLICATE,
        /** Of a definition: a condition on a question that does not exist. */
        UNKNOWN_FIELD,
        /** Of a definition: a condition on a question that does not come before. */
        NOT_EARLIER,
        /** Of a definition: a kind of question, or of test, that cannot stand here. */
        NOT_SUPPORTED,
        /** Of a definition: limits that are out of range or exclude each other. */
        LIMITS
    }

    /**
     * Ids of the fields that are asked, given these answers, in the order of the form. Conditions are judged on
     * normalized answers, so that typed and stored ones lead to the same questions.
     */
    public static Set<String> asked(FormDefinition form, Map<String, Answer> answers) {
        return Collections.unmodifiableSet(Asked.of(form, answers, null).ids());
    }

    /**
     * Ids of the group's fields that are asked in one of its rows. Their conditions are judged on the row's own answers
     * first, then on the form's.
     */
    public static Set<String> asked(
            FormDefinition form, Field group, Map<String, Answer> row, Map<String, Answer> answers) {
        Asked whole = Asked.of(form, answers, null);
        return Collections.unmodifiableSet(whole.row(group, row).ids());
    }

    /**
     * Ids in the answers, groups' rows and parts of dates and addresses included, that the form does not have, as paths;
     * and ids of file questions, which take no answer.
     */
    public static List<String> unknown(FormDefinition form, Map<String, Answer> answers) {
        List<String> paths = new ArrayList<>();
        Unknown.in(form.fields().toList(), answers, "", paths);
        return List.copyOf(paths);
    }

    /**
     * The answers of asked questions in their stored form; what cannot be understood stays as typed. What is empty or
     * unknown is left out. Amounts of money lose needless zeros; see the other one.
     */
    public static Map<String, Answer> normalize(FormDefinition form, Map<String, Answer> answers) {
        return Collections.unmodifiableMap(Asked.of(form, answers, null).answers());
    }

    /** The same with amounts of money at the currency's scale. */
    public static Map<String, Answer> normalize(FormDefinition form, Map<String, Answer> answers, String currency) {
        return Collections.unmodifiableMap(Asked.of(form, answers, currency).answers());
    }

    /** Everything that prevents sending, in the order of the form; files are judged elsewhere. */
    public static List<Problem> problems(
            FormDefinition form, Map<String, Answer> answers, LocalDate today, String currency) {
        Judge judge = new Judge(Asked.of(form, answers, currency), answers, today, currency);
        form.fields().forEach(judge::field);
        return judge.problems();
    }

    /** The same for one page. */
    public static List<Problem> problems(
            FormDefinition form, Page page, Map<String, Answer> answers, LocalDate today, String currency) {
        Judge judge = new Judge(Asked.of(form, answers, currency), answers, today, currency);
        page.fields().forEach(judge::field);
        return judge.problems();
    }

    /** Mistakes in a definition that an administrator must mend before publishing; empty when there are none. */
    public static List<Problem> mistakes(FormDefinition form) {
        return new Mistakes(form).found();
    }
}
