package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/operations.md names every operation and every index that the query side uses of MongoDB, and no other. */
class OperationsTest {
    /** These ask the server nothing. */
    private static final Set<String> LOCAL = Set.of("getNamespace", "getCollection");

    @Test
    void everyCallOfTheDriverIsListed() throws IOException {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.selfservice.query");
        Set<String> called = classes.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isAssignableTo(MongoCollection.class)
                        || access.getTargetOwner().isAssignableTo(MongoDatabase.class))
                .map(JavaAccess::getName)
                .filter(name -> !LOCAL.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed("### Calls of the query side")).isEqualTo(called);
    }

    @Test
    void everyIndexIsListed() throws IOException {
        Set<String> declared = AllViews.all().stream()
                .flatMap(view -> view.indexes().stream()
                        .map(index -> view.name() + ": " + String.join(", ", index.fields())
                                + (index.unique() ? " (unique)" : "")))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed("### Indexes of views")).isEqualTo(declared);
    }

    /** What stands between backquotes in the first column of the table below a heading. */
    private static Set<String> listed(String heading) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        String section = page.substring(page.indexOf(heading + "\n") + heading.length());
        int end = section.indexOf("\n#");
        return Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                .matcher(end < 0 ? section : section.substring(0, end))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
