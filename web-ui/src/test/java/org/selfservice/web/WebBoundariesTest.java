package org.selfservice.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(packages = "org.selfservice", importOptions = ImportOption.DoNotIncludeTests.class)
class WebBoundariesTest {

    @ArchTest
    static final ArchRule the_web_knows_neither_aggregates_nor_views_nor_the_store = noClasses()
            .that()
            .resideInAnyPackage("org.selfservice", "org.selfservice.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.selfservice.command..", "org.selfservice.query..", "org.selfservice.store..");

    @ArchTest
    static final ArchRule the_kernel_knows_nobody = noClasses()
            .that()
            .resideInAPackage("org.selfservice.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.selfservice.web..",
                    "org.selfservice.command..",
                    "org.selfservice.query..",
                    "org.selfservice.store..",
                    "org.springframework..",
                    "org.axonframework..");

    @ArchTest
    static final ArchRule the_store_knows_nothing_but_the_kernel = noClasses()
            .that()
            .resideInAPackage("org.selfservice.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.selfservice",
                    "org.selfservice.web..",
                    "org.selfservice.command..",
                    "org.selfservice.query..",
                    "org.selfservice.idp..",
                    "org.springframework.web..",
                    "jakarta.servlet..",
                    "com.mongodb..");

    @ArchTest
    static final ArchRule the_demonstration_knows_nothing_of_the_portal = noClasses()
            .that()
            .resideInAPackage("org.selfservice.idp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.selfservice.web..", "org.selfservice.kernel..");

    @ArchTest
    static final ArchRule only_the_launcher_knows_the_demonstration = noClasses()
            .that()
            .resideInAPackage("org.selfservice.web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.selfservice.idp..");

    @ArchTest
    static final ArchRule features_do_not_go_round_in_circles =
            slices().matching("org.selfservice.web.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_features_share_knows_no_feature = noClasses()
            .that()
            .resideInAPackage("org.selfservice.web")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.selfservice.web.*..");

    @ArchTest
    static final ArchRule only_the_launcher_writes_to_the_terminal = noClasses()
            .that()
            .resideInAPackage("org.selfservice.web..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule controllers_are_nobody_elses_to_call = classes()
            .that()
            .areAnnotatedWith(Controller.class)
            .or()
            .areAnnotatedWith(RestController.class)
            .and()
            .haveSimpleNameNotEndingWith("Assets")
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule nothing_is_null_unless_it_says_so = classes()
            .should(new ArchCondition<>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " of " + type.getName()));
                }
            });

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
