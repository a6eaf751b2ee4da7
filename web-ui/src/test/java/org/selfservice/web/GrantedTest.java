package org.selfservice.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Query;

/** Whoever adds a question says what of its answer is a program's. */
class GrantedTest {

    @Test
    void every_answer_is_known_to_belong_to_a_program_or_not() throws IOException {
        String source = Files.readString(Path.of("src", "main", "java", "org", "selfservice", "web", "Granted.java"));
        List<Class<?>> answers = new ArrayList<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.selfservice.kernel")
                        .stream()
                        .filter(type -> type.isAssignableTo(Query.class) && !type.isInterface())
                        .flatMap(type -> Arrays.stream(type.reflect().getGenericInterfaces()))
                        .map(question -> ((ParameterizedType) question).getActualTypeArguments()[0])
                        .forEach(answer -> answers.add((Class<?>) answer));
        assertThat(answers).hasSizeGreaterThan(12);
        assertThat(answers).allSatisfy(answer -> assertThat(source).contains("case " + answer.getSimpleName() + " "));
    }
}
