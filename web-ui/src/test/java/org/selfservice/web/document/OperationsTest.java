package org.selfservice.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.gridfs.GridFSBucket;
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

/** docs/operations.md names every operation that documents take of MongoDB, and nothing else of the web asks it anything. */
class OperationsTest {
    @Test
    void every_call_of_the_driver_is_listed() throws IOException {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.selfservice.web");
        Set<String> called = classes.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isAssignableTo(MongoCollection.class)
                        || access.getTargetOwner().isAssignableTo(MongoDatabase.class)
                        || access.getTargetOwner().isAssignableTo(GridFSBucket.class))
                .map(JavaAccess::getName)
                .filter(name -> !name.equals("getCollection"))
                .collect(Collectors.toCollection(TreeSet::new));

        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        String section = page.substring(page.indexOf("### Calls for documents\n") + 3);
        Set<String> listed = Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                .matcher(section.substring(0, section.indexOf("\n#")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).isEqualTo(called);
    }
}
