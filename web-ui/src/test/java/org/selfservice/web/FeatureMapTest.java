package org.selfservice.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.EventName;
import org.selfservice.kernel.Query;
import org.springframework.beans.factory.support.BeanDefinitionDefaults;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The feature map names what there is, and leaves out no page and no endpoint. */
class FeatureMapTest {
    private static final Path MAP = Path.of("..", "docs", "feature-map.md");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final String OPERATORS = "## Operators";
    /** What nobody opens for its own sake. */
    private static final Set<String> PARTS_OF_PAGES =
            Set.of("GET /assets/{}/{}", "GET /error", "POST /error", "POST /leaving");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.selfservice");

    private final List<Row> rows = rows();

    record Row(
            String what,
            String pages,
            String messages,
            String aggregates,
            String events,
            String views,
            String stories) {
        static Row of(String line) {
            String[] cells = line.split("\\|");
            return new Row(cells[1].strip(), cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]);
        }
    }

    @Test
    void every_page_and_endpoint_of_the_map_exists_and_none_is_missing() {
        Set<String> mapped = mapped();
        Set<String> named = new TreeSet<>();
        for (Row row : rows) {
            List<String> pages = quoted(row.pages());
            assertThat(pages).as(row.what()).isNotEmpty();
            for (String page : pages) {
                Set<String> meant =
                        mapped.stream().filter(one -> means(page, one)).collect(Collectors.toSet());
                assertThat(meant)
                        .as("nothing is mapped as %s of \"%s\"", page, row.what())
                        .isNotEmpty();
                named.addAll(meant);
            }
        }
        mapped.removeAll(PARTS_OF_PAGES);
        mapped.removeAll(named);
        assertThat(mapped)
                .as("pages and endpoints without a row in docs/feature-map.md")
                .isEmpty();
    }

    @Test
    void commands_queries_and_aggregates_exist() {
        Set<String> messages = names(type -> type.isAssignableTo(Command.class) || type.isAssignableTo(Query.class));
        Set<String> aggregates = names(type -> type.isAnnotatedWith("org.axonframework.spring.stereotype.Aggregate"));
        assertThat(rows).allSatisfy(row -> {
            assertThat(messages).as(row.what()).containsAll(listed(row.messages()));
            assertThat(aggregates).as(row.what()).containsAll(listed(row.aggregates()));
        });
    }

    @Test
    void events_exist() {
        Set<String> events = CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(EventName.class))
                .map(type -> type.getAnnotationOfType(EventName.class).value())
                .collect(Collectors.toSet());
        assertThat(rows).allSatisfy(row -> assertThat(events).as(row.what()).containsAll(quoted(row.events())));
    }

    @Test
    void views_exist() {
        Set<String> views = CLASSES.stream()
                .filter(type -> type.isAssignableTo("org.selfservice.query.View") && !type.isInterface())
                .map(FeatureMapTest::viewName)
                .collect(Collectors.toSet());
        assertThat(rows).allSatisfy(row -> assertThat(views).as(row.what()).containsAll(listed(row.views())));
    }

    @Test
    void stories_exist() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            tests = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
        assertThat(rows)
                .allSatisfy(row -> assertThat(listed(row.stories()))
                        .as(row.what())
                        .isNotEmpty()
                        .allMatch(tests::contains));
    }

    @Test
    void stories_of_operators_exist_in_some_module() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String module : List.of("event-store", "command-side", "query-side", "web-ui")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                files.map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
                        .forEach(tests::add);
            }
        }
        List<String> told;
        try (Stream<String> lines = Files.lines(MAP)) {
            told = lines.dropWhile(line -> !line.equals(OPERATORS))
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| what an operator does"))
                    .map(line -> line.split("\\|")[3].split(";")[0])
                    .toList();
        }
        assertThat(told).isNotEmpty();
        assertThat(told)
                .allSatisfy(stories -> assertThat(listed(stories)).isNotEmpty().allMatch(tests::contains));
    }

    private static List<Row> rows() {
        try (Stream<String> lines = Files.lines(MAP)) {
            List<Row> rows = lines.takeWhile(line -> !line.equals(OPERATORS))
                    .filter(line -> line.startsWith("| "))
                    .filter(line -> !line.startsWith("| what one does "))
                    .map(Row::of)
                    .toList();
            assertThat(rows).isNotEmpty();
            return rows;
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** As Spring maps them, without making any controller; names of variables say nothing. */
    private static Set<String> mapped() {
        try (GenericWebApplicationContext context = new GenericWebApplicationContext()) {
            ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context, false);
            scanner.setBeanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE);
            scanner.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
            scanner.addExcludeFilter(
                    (type, _) -> type.getResource().getURL().getPath().contains("/test-classes/"));
            scanner.setBeanDefinitionDefaults(lazy());
            scanner.scan("org.selfservice.web");
            context.refresh();
            RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping();
            mapping.setEmbeddedValueResolver(context.getEnvironment()::resolvePlaceholders);
            mapping.setApplicationContext(context);
            mapping.afterPropertiesSet();
            return mapping.getHandlerMethods().keySet().stream()
                    .flatMap(FeatureMapTest::addresses)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static BeanDefinitionDefaults lazy() {
        var defaults = new BeanDefinitionDefaults();
        defaults.setLazyInit(true);
        return defaults;
    }

    private static Stream<String> addresses(RequestMappingInfo mapping) {
        Collection<RequestMethod> methods =
                mapping.getMethodsCondition().getMethods().isEmpty()
                        ? List.of(RequestMethod.GET, RequestMethod.POST)
                        : mapping.getMethodsCondition().getMethods();
        return mapping.getPatternValues().stream()
                .flatMap(path -> methods.stream().map(method -> method + " " + plain(path)));
    }

    /** A page without a method is named for whatever one does there. */
    private static boolean means(String named, String mapped) {
        return named.startsWith("/")
                ? mapped.substring(mapped.indexOf(' ') + 1).equals(plain(named))
                : mapped.equals(plain(named));
    }

    /** Slashes stay, and what stands between braces goes; a pattern may hold braces of its own. */
    private static String plain(String path) {
        return path.replaceAll("\\{(?:[^{}]|\\{[^{}]*})*}", "{}");
    }

    private static Set<String> names(Predicate<JavaClass> which) {
        return CLASSES.stream().filter(which).map(JavaClass::getSimpleName).collect(Collectors.toSet());
    }

    private static String viewName(JavaClass type) {
        try {
            Constructor<?> constructor = type.reflect().getDeclaredConstructor();
            constructor.setAccessible(true);
            Method name = type.reflect().getMethod("name");
            name.setAccessible(true);
            return (String) name.invoke(constructor.newInstance());
        } catch (ReflectiveOperationException no) {
            throw new AssertionError(no);
        }
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static List<String> listed(String cell) {
        return Stream.of(cell.split(","))
                .map(String::strip)
                .filter(name -> !name.equals("—"))
                .toList();
    }
}
