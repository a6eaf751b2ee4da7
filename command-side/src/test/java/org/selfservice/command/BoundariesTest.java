package org.selfservice.command;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.axonframework.spring.stereotype.Aggregate;
import org.selfservice.store.Snapshot;

@AnalyzeClasses(packages = "org.selfservice.command", importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
    @ArchTest
    static final ArchRule NOTHING_KNOWS_THE_OTHER_SIDES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.selfservice.query..", "org.selfservice.web..", "org.selfservice.idp..");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_OF_THE_STORE_BUT_THAT_IT_TAKES_SNAPSHOTS = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("org.selfservice.store..").and(not(type(Snapshot.class))));

    @ArchTest
    static final ArchRule NOTHING_SPEAKS_HTTP_OR_READS_A_VIEW = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.web..", "jakarta.servlet..", "java.net.http..", "com.mongodb..", "org.bson..");

    @ArchTest
    static final ArchRule AGGREGATES_ARE_NOBODY_ELSES =
            classes().that().areAnnotatedWith(Aggregate.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule NOTHING_READS_A_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule NOTHING_THROWS_DICE = noClasses()
            .should()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.util\\.Random|java\\.security\\.SecureRandom|java\\.util\\.concurrent\\.ThreadLocalRandom")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule NOTHING_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
