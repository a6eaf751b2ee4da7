package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class WantedPageTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/applications/a-1/pages/household?from=check", "/programs/cash?q=a%20b", "/me#top"})
    void a_page_of_the_portal_may_be_wanted(String address) {
        assertThat(WantedPage.safe(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/%0d%0aSet-Cookie:x=1 y",
                "/a\r\nSet-Cookie: x=1",
                "/\t/evil.example",
                "javascript:alert(1)",
                "evil.example",
                "/.//evil.example/",
                "/sign-in?to=/",
                "/login/oauth2/code/national",
                "/oauth2/authorization/national",
                "/a/../sign-in",
                "/api/v1/programs",
                ""
            })
    void anything_else_leads_home(String address) {
        assertThat(WantedPage.safe(address)).isEqualTo("/");
    }

    @Test
    void nothing_wanted_leads_home() {
        assertThat(WantedPage.safe(null)).isEqualTo("/");
        assertThat(WantedPage.safe("/" + "a".repeat(1000))).isEqualTo("/");
    }

    @Test
    void a_form_wants_the_page_that_it_stands_on() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/programs/cash/applications");
        request.addHeader("Referer", "http://localhost/programs/cash?a=b");
        assertThat(WantedPage.of(request)).isEqualTo("/programs/cash?a=b");
    }

    @Test
    void a_form_of_another_site_wants_nothing() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/programs/cash/applications");
        request.addHeader("Referer", "http://evil.example/programs/cash");
        assertThat(WantedPage.of(request)).isEqualTo("/");
    }

    @Test
    void a_wanted_page_survives_as_a_parameter() {
        assertThat(WantedPage.carriedBy("/sign-in", "/programs/cash?a=b&c=d"))
                .isEqualTo("/sign-in?to=%2Fprograms%2Fcash%3Fa%3Db%26c%3Dd");
    }
}
