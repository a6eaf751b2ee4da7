package org.selfservice.kernel.form;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which questions are asked, what an answer means, and which answers a form version allows. Pages and commands ask the same functions. */
public final class FormRules {
    private FormRules() {}

    /** What is wrong with the answer at a path such as {@code birthdate}, {@code members[0].name} or {@code address.line1}. */
    public record Problem(String path, ProblemCode code, Map<String, String> details) {}

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
        NOT_ALLOWED_CHARACTERS
    }

    /** Ids of the fields that are asked, given these answers. */
    public static Set<String> asked(FormDefinition form, Map<String, Answer> answers) {
        throw new UnsupportedOperationException();
    }

    /** Ids in the answers, groups' rows included, that the form does not have, as paths. */
    public static List<String> unknown(FormDefinition form, Map<String, Answer> answers) {
        throw new UnsupportedOperationException();
    }

    /** The answers of asked questions in their stored form; what cannot be understood stays as typed. */
    public static Map<String, Answer> normalize(FormDefinition form, Map<String, Answer> answers) {
        throw new UnsupportedOperationException();
    }

    /** Everything that prevents sending, in the order of the form; files are judged elsewhere. */
    public static List<Problem> problems(
            FormDefinition form, Map<String, Answer> answers, LocalDate today, String currency) {
        throw new UnsupportedOperationException();
    }

    /** The same for one page. */
    public static List<Problem> problems(
            FormDefinition form, Page page, Map<String, Answer> answers, LocalDate today, String currency) {
        throw new UnsupportedOperationException();
    }

    /** Mistakes in a definition that an administrator must mend before publishing; empty when there are none. */
    public static List<Problem> mistakes(FormDefinition form) {
        throw new UnsupportedOperationException();
    }
}
