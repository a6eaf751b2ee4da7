package org.selfservice.query;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.UUID;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.stereotype.Component;

@AnalyzeClasses(packages = "org.selfservice.query", importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
    private static final DescribedPredicate<JavaClass> FEATURES = JavaClass.Predicates.resideInAnyPackage(
            "org.selfservice.query.program..",
            "org.selfservice.query.form..",
            "org.selfservice.query.application..",
            "org.selfservice.query.enrolment..",
            "org.selfservice.query.registrant..");

    @ArchTest
    static final ArchRule THE_QUERY_SIDE_KNOWS_NO_HTTP_AND_NO_RULES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.selfservice.command..",
                    "org.selfservice.web..",
                    "org.selfservice.store..",
                    "jakarta.servlet..",
                    "org.springframework.web..",
                    "org.axonframework.commandhandling..",
                    "org.axonframework.modelling..");

    @ArchTest
    static final ArchRule NOTHING_READS_A_CLOCK_OR_THROWS_DICE = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class);

    @ArchTest
    static final ArchRule FEATURES_KEEP_THEIR_VIEWS_TO_THEMSELVES =
            classes().that(FEATURES).and().areTopLevelClasses().should().bePackagePrivate();

    @ArchTest
    static final ArchRule FEATURES_DO_NOT_KNOW_EACH_OTHER = SlicesRuleDefinition.slices()
            .matching("org.selfservice.query.(*)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule VIEWS_ASK_NOBODY_AND_SEND_NOTHING = noClasses()
            .that(assignableTo(View.class))
            .should()
            .dependOnClassesThat(assignableTo(Clock.class)
                    .or(assignableTo(QueryUpdateEmitter.class))
                    .or(assignableTo(Live.class))
                    .or(assignableTo(ViewStore.class))
                    .or(JavaClass.Predicates.resideInAPackage("com.mongodb..")));

    @ArchTest
    static final ArchRule EVERY_VIEW_IS_FOUND =
            classes().that().implement(View.class).should().beAnnotatedWith(Component.class);
}
