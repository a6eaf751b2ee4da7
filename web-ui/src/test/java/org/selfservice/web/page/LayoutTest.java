package org.selfservice.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.application.ApplicationState;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

class LayoutTest {
    private static PagesAlone pages;

    @Controller
    static class Frame {
        @GetMapping("/frame")
        String frame(
                @RequestParam(defaultValue = "false") boolean bad,
                @RequestParam(defaultValue = "false") boolean saving,
                Model model) {
            model.addAttribute("at", Instant.parse("2026-12-14T07:42:00Z"));
            model.addAttribute("states", List.of(ApplicationState.values()));
            if (bad) {
                model.addAttribute("errors", List.of(new PageError("#name", "Enter your name")));
            }
            if (saving) {
                model.addAttribute("savingForm", "answers");
            }
            return "test/frame";
        }
    }

    @BeforeAll
    static void start() {
        pages = new PagesAlone(Frame.class);
    }

    @AfterAll
    static void stop() {
        pages.close();
    }

    @Test
    void a_page_says_its_language_and_direction() {
        assertThat(pages.get("/frame")).contains("lang=\"en\"").contains("dir=\"ltr\"");
        assertThat(pages.get("/frame", "Accept-Language", "de, ar;q=0.9, en;q=0.8"))
                .contains("lang=\"ar\"")
                .contains("dir=\"rtl\"")
                .contains("portal-rtl.css");
    }

    @Test
    void a_chosen_language_is_remembered() {
        HttpResponse<String> chosen = pages.send("/frame?lang=fr");
        String cookie = chosen.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(chosen.body()).contains("lang=\"fr\"").contains("Aide");
        assertThat(cookie).contains("lang=fr").contains("HttpOnly").contains("SameSite=Lax");
        assertThat(pages.get("/frame", "Cookie", "lang=fr")).contains("<html").contains("lang=\"fr\"");
    }

    @Test
    void a_language_that_is_not_spoken_changes_nothing() {
        assertThat(pages.get("/frame?lang=xx")).contains("<html").contains("lang=\"en\"");
        assertThat(pages.get("/frame?lang=../../x")).contains("lang=\"en\"");
        assertThat(pages.get("/frame", "Cookie", "lang=xx")).contains("lang=\"en\"");
    }

    @Test
    void the_switch_keeps_the_query() {
        assertThat(pages.get("/frame?q=a%26b&bad=false&lang=en")).contains("?q=a%26b&amp;bad=false&amp;lang=fr");
    }

    @Test
    void the_switch_sends_a_form_that_must_be_saved() {
        assertThat(pages.get("/frame?saving=true"))
                .contains("name=\"lang\"")
                .contains("form=\"answers\"")
                .doesNotContain("hreflang");
    }

    @Test
    void a_title_begins_with_error_when_there_are_errors_and_ends_with_the_brand() {
        assertThat(pages.get("/frame")).contains("<title>Tea &amp; Cancel – Self-Service Portal</title>");
        assertThat(pages.get("/frame?bad=true"))
                .contains("<title>Error: Tea &amp; Cancel – Self-Service Portal</title>");
    }

    @Test
    void nothing_is_inline() {
        assertThat(pages.get("/frame?bad=true").replaceAll("(?s)<script [^>]*src=[^>]*></script>", ""))
                .doesNotContain("<script")
                .doesNotContain("<style")
                .doesNotContain("style=\"")
                .doesNotContain("onclick");
    }

    @Test
    void the_first_load_is_light_and_styles_are_kept_for_a_year() {
        String page = pages.get("/frame");
        long weight = 0;
        for (String asset : page.split("\"")) {
            if (asset.startsWith("/assets/")) {
                HttpResponse<String> sent = pages.send(asset, "Accept-Encoding", "gzip");
                assertThat(sent.statusCode()).isEqualTo(200);
                assertThat(sent.headers().firstValue("Content-Encoding")).contains("gzip");
                assertThat(sent.headers().firstValue("Cache-Control"))
                        .hasValueSatisfying(value ->
                                assertThat(value).contains("max-age=31536000").contains("immutable"));
                weight += sent.headers().firstValueAsLong("Content-Length").orElseThrow();
            }
        }
        assertThat(weight).isBetween(10_000L, 40_000L);
    }

    @Test
    void an_unknown_asset_is_not_found() {
        assertThat(pages.send("/assets/x/none.js").statusCode()).isEqualTo(404);
    }
}
