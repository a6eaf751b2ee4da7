package org.selfservice.kernel;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "org.selfservice.kernel", importOptions = ImportOption.DoNotIncludeTests.class)
class KernelTest {
    /** Time and chance come from outside, so that a fold or a decision of today can be repeated tomorrow. */
    private static final Set<String> CLOCKS = Set.of("now", "currentTimeMillis", "nanoTime", "randomUUID", "random");

    @ArchTest
    static final ArchRule the_kernel_knows_no_framework_and_no_store = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.springframework..",
                    "org.axonframework..",
                    "jakarta..",
                    "tools.jackson..",
                    "com.mongodb..",
                    "org.bson..",
                    "org.slf4j.."));

    @ArchTest
    static final ArchRule the_kernel_reads_and_writes_nothing = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "java.io..", "java.net..", "java.nio.file..", "java.nio.channels..", "java.sql..", "javax.sql.."));

    @ArchTest
    static final ArchRule the_kernel_asks_no_clock_and_throws_no_dice = noClasses()
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "a clock or dice", (JavaCall<?> call) -> CLOCKS.contains(call.getName())))
            .orShould()
            .dependOnClassesThat(type(Random.class).or(type(UUID.class)).or(type(Clock.class)));

    @ArchTest
    static final ArchRule names_say_what_things_are = noClasses()
            .should()
            .haveSimpleNameEndingWith("Service")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Dto")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager");

    @ArchTest
    static final ArchRule every_event_has_a_name_for_ever =
            classes().that().implement(Event.class).and().areRecords().should().beAnnotatedWith(EventName.class);

    @ArchTest
    static void every_package_says_what_may_be_null(JavaClasses classes) {
        assertThat(classes.stream().map(JavaClass::getPackage).distinct())
                .allMatch(one -> one.isAnnotatedWith(NullMarked.class), "is @NullMarked");
    }
}
