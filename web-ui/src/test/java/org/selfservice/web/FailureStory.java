package org.selfservice.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Whatever goes wrong inside: a person reads a page, a program a problem; both get the reference that is in the log. */
class FailureStory extends PortalUnderTest {
    private static final String SECRET = "something that only the log may say";

    /** Two pages with mistakes of their own. */
    public static final class Broken {
        public String controller() {
            throw new IllegalStateException(SECRET);
        }

        public String template() {
            return "there/is/none";
        }
    }

    @BeforeAll
    static void breakTwoPages() throws NoSuchMethodException {
        for (String page : new String[] {"controller", "template"}) {
            mappings().registerMapping(broken(page), new Broken(), Broken.class.getMethod(page));
        }
    }

    @AfterAll
    static void mendThem() {
        mappings().unregisterMapping(broken("controller"));
        mappings().unregisterMapping(broken("template"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"controller", "template"})
    void a_person_reads_sorry_what_was_saved_and_a_reference(String where) throws IOException {
        Answer answer = visitor().get("/help/broken/" + where);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(answer.body())
                .contains("<h1", "Sorry, there is a problem with the service", "Everything that you saved is kept.")
                .doesNotContain(SECRET, "Exception", "\tat ", "org.selfservice", "there/is/none");
        String reference = answer.header("X-Request-Id").orElseThrow();
        assertThat(answer.body()).contains("give this reference: " + reference);
        assertThat(Files.readString(LOG)).contains(reference);
        assertThat(answer.body().split("<html", -1)).as("one whole page").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"controller", "template"})
    void a_program_gets_a_problem_with_the_same_reference(String where) {
        Visitor program = visitor().with("Accept", "application/json");

        Answer answer = program.get("/help/broken/" + where);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("code").asString()).isEqualTo("FAILED");
        assertThat(problem.path("reference").asString())
                .isEqualTo(answer.header("X-Request-Id").orElseThrow());
        assertThat(answer.body()).doesNotContain(SECRET, "Exception", "trace", "org.selfservice", "there/is/none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr, Désolé", "ar, عذر"})
    void it_is_said_in_the_persons_language(String said) {
        String[] parts = said.split(", ");
        assertThat(visitor().get("/help/broken/controller?lang=" + parts[0]).body())
                .contains("lang=\"" + parts[0] + "\"", parts[1]);
    }

    private static RequestMappingInfo broken(String page) {
        return RequestMappingInfo.paths("/help/broken/" + page)
                .methods(RequestMethod.GET)
                .options(mappings().getBuilderConfiguration())
                .build();
    }

    private static RequestMappingHandlerMapping mappings() {
        return bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    }
}
