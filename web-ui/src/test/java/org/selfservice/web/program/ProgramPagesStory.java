package org.selfservice.web.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.web.page.Chromium;
import org.selfservice.web.page.PagesAlone;

/** The public pages in a browser, in both writing directions and on narrow and wide screens. */
class ProgramPagesStory {
    private static PagesAlone pages;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        FakePortal.reset();
        pages = new PagesAlone(FakePortal.class);
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        pages.close();
    }

    @BeforeEach
    void reset() {
        FakePortal.reset();
        FakePortal.applied("medical-assistance", 1, ApplicationState.INFORMATION_REQUESTED, "2026-11-01T00:00:00Z");
        FakePortal.applied("farm-inputs", 1, ApplicationState.DRAFT, "2026-11-20T00:00:00Z");
        FakePortal.enrolled("cash-transfer");
    }

    static Stream<Arguments> everyLook() {
        return Stream.of(
                Arguments.of(320, "ar"), Arguments.of(800, "fr"), Arguments.of(1280, "ar"), Arguments.of(1280, "en"));
    }

    @ParameterizedTest
    @MethodSource("everyLook")
    void pages_are_accessible_and_fit(int width, String language) {
        Page visitor = chromium.visitor(width, language, Map.of());
        look(visitor, width, language, "catalogue", "/");
        look(visitor, width, language, "catalogue-nothing", "/?q=nothing");
        look(visitor, width, language, "program", "/programs/medical-assistance");
        look(visitor, width, language, "program-suspended", "/programs/fuel-voucher");
        look(visitor, width, language, "not-found", "/programs/none");
        look(visitor, width, language, "help", "/help");
        look(visitor, width, language, "accessibility", "/accessibility");
        look(visitor, width, language, "eligibility", "/programs/farm-inputs/eligibility");
        visitor.fill("[name='answer.farm_size']", "1o");
        visitor.click("#eligibility button[type=submit]");
        Chromium.examine(visitor, name("eligibility-error", width, language));
        visitor.fill("[name='answer.farm_size']", "7.5");
        visitor.check("[value=fruit]");
        visitor.click("#eligibility button[type=submit]");
        Chromium.examine(visitor, name("eligibility-no", width, language));
        Page amina = chromium.visitor(width, language, Map.of("As", "Amina"));
        look(amina, width, language, "catalogue-mine", "/");
        look(amina, width, language, "program-draft", "/programs/farm-inputs");
        look(amina, width, language, "program-start", "/programs/cash-transfer");
        look(amina, width, language, "components", "/frame?bad=true");
        amina.context().close();
        visitor.context().close();
    }

    @Test
    void the_language_switch_keeps_what_was_typed() {
        Page visitor = chromium.visitor(320, "en", Map.of());
        visitor.navigate(pages.address() + "/programs/cash-transfer/eligibility");
        visitor.fill("[name='answer.income']", "123");
        visitor.click("text=Français");
        assertThat(visitor.inputValue("[name='answer.income']")).isEqualTo("123");
        assertThat(visitor.getAttribute("html", "lang")).isEqualTo("fr");
        visitor.press("[name='answer.income']", "Enter");
        assertThat(visitor.getAttribute("html", "lang")).isEqualTo("fr");
        assertThat(visitor.textContent("h1")).isEqualTo("Vous pouvez peut-être le recevoir");
    }

    @Test
    void nothing_breaks_the_content_security_policy() {
        Page visitor = chromium.visitor(800, "en", Map.of());
        List<String> complaints = new java.util.ArrayList<>();
        visitor.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        for (String path : List.of("/", "/programs/cash-transfer", "/programs/cash-transfer/eligibility", "/help")) {
            visitor.navigate(pages.address() + path);
        }
        assertThat(complaints).isEmpty();
        assertThat(visitor.getAttribute("body", "class")).contains("govuk-frontend-supported");
    }

    private static void look(Page page, int width, String language, String name, String path) {
        page.navigate(pages.address() + path);
        Chromium.examine(page, name(name, width, language));
    }

    private static String name(String page, int width, String language) {
        return "%s-%s-%d".formatted(page, language, width);
    }
}
