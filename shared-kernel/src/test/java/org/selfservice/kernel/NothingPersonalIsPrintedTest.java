package org.selfservice.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;

/** Logs and exceptions print records: none of them may tell what a person wrote or is. Every record of the kernel is made and printed. */
class NothingPersonalIsPrintedTest {
    private static final String SECRET = "Lena-D-1987";

    /** Free text about a person goes by these names in the answers of the query side, where it is no longer wrapped. */
    private static final Set<String> PERSONAL_NAMES =
            Set.of("name", "text", "reason", "rejection", "note", "explanation", "subject", "typed");

    /** Components of such a name that hold a code, or the name of a member of staff. */
    private static final Set<String> NOT_PERSONAL = Set.of(
            "Author.name",
            "RejectApplication.reason",
            "ApplicationRejected.reason",
            "CorrectDecision.reason",
            "DecisionCorrected.reason",
            "Decision.reason");

    /** Shapes that identifiers ask for. */
    private static final List<String> WORDS = List.of(
            "word",
            "a-0123456789abcdefghij",
            "r-0123456789abcdefghij",
            "e-0123456789abcdefghij",
            "d-0123456789abcdefghij",
            "CASH-CXC9-VYPT",
            "KES");

    static Stream<Class<?>> records() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.selfservice.kernel")
                        .stream()
                        .map(JavaClass::reflect)
                        .filter(Class::isRecord)
                        .filter(type -> Arrays.stream(type.getRecordComponents())
                                .noneMatch(component ->
                                        component.getType().getName().startsWith("dev.cel")));
    }

    @ParameterizedTest
    @MethodSource("records")
    void a_record_keeps_what_is_personal_to_itself(Class<?> type) throws Exception {
        assertThat(make(type).toString()).doesNotContain(SECRET);
    }

    private static Object make(Class<?> type) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        var constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
        constructor.setAccessible(true);
        List<Throwable> refusals = new ArrayList<>();
        for (String word : WORDS) {
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = value(components[i].getGenericType(), isPersonal(components[i]) ? SECRET : word);
            }
            try {
                return constructor.newInstance(values);
            } catch (ReflectiveOperationException refused) {
                refusals.add(refused);
            }
        }
        throw new AssertionError("no sample of " + type, refusals.getFirst());
    }

    private static boolean isPersonal(RecordComponent component) {
        Class<?> type = component.getDeclaringRecord();
        boolean holdsAnswer = Answer.class.isAssignableFrom(type) || type == Personal.Known.class;
        return holdsAnswer
                || (PERSONAL_NAMES.contains(component.getName())
                        && !NOT_PERSONAL.contains(type.getSimpleName() + "." + component.getName()));
    }

    private static Object value(Type type, String word) throws Exception {
        return switch (type) {
            case Class<?> plain -> plain(plain, word);
            case WildcardType any -> value(any.getUpperBounds()[0], word);
            case ParameterizedType generic -> {
                Type[] arguments = generic.getActualTypeArguments();
                Type element = arguments[arguments.length - 1];
                yield switch (((Class<?>) generic.getRawType()).getSimpleName()) {
                    // A group's fields are fields again.
                    case "List" -> element == Field.class ? List.of() : List.of(value(element, word));
                    case "Set" -> Set.of(value(element, word));
                    case "Map" -> Map.of(value(arguments[0], "key"), value(element, word));
                    case "Personal" -> Personal.of(SECRET);
                    default -> throw new AssertionError("no sample of " + generic);
                };
            }
            default -> SECRET;
        };
    }

    private static Object plain(Class<?> type, String word) throws Exception {
        if (type == String.class || type == Object.class) {
            return word;
        }
        if (type == int.class || type == Integer.class) {
            return 1;
        }
        if (type == long.class || type == Long.class) {
            return 1L;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == BigDecimal.class) {
            return BigDecimal.ONE;
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        if (type == LocalDate.class) {
            return LocalDate.EPOCH;
        }
        if (type == Answer.class) {
            return Answer.text(SECRET);
        }
        if (type == LocalizedText.class) {
            return LocalizedText.en("word");
        }
        return type.isEnum() ? type.getEnumConstants()[0] : make(type);
    }
}
