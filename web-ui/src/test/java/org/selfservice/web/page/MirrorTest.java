package org.selfservice.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorTest {

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "margin-left:1px | margin-right:1px",
                "border-right-width:2px | border-left-width:2px",
                "border-top-left-radius:2px | border-top-right-radius:2px",
                "left:-9px | right:-9px",
                "float:left | float:right",
                "text-align:right!important | text-align:left!important",
                "text-align:center | text-align:center",
                "padding:1px 2px 3px 4px | padding:1px 4px 3px 2px",
                "padding:1px 2px | padding:1px 2px",
                "border-width:max(1px,.0625em) max(1px,.0625em) 0 0 | border-width:max(1px,.0625em) 0 0 max(1px,.0625em)",
                "border-radius:1px 2px 3px 4px | border-radius:2px 1px 4px 3px",
                "transform:rotate(-45deg) | transform:rotate(45deg)",
                "transform:rotate(225deg) | transform:rotate(-225deg)",
                "clip-path:polygon(0 0,100% 50%,0 100%) | clip-path:polygon(100% 0,0 50%,100% 100%)",
                "background:url(left.png) | background:url(left.png)",
                "--left:left | --left:left",
                "color:red;clear:left | color:red;clear:right"
            })
    void a_declaration_is_mirrored(String before, String after) {
        assertThat(Mirror.of("a{" + before + "}")).isEqualTo("a{" + after + "}");
    }

    @ParameterizedTest
    @CsvSource({"@media (min-width:40em){a{left:0}b{right:0}},@media (min-width:40em){a{right:0}b{left:0}}"})
    void blocks_within_blocks_too(String before, String after) {
        assertThat(Mirror.of(before)).isEqualTo(after);
    }

    @org.junit.jupiter.api.Test
    void a_tick_keeps_its_shape_and_changes_its_place() {
        assertThat(Mirror.of(
                        ".govuk-checkboxes__label:after{left:10px;transform:rotate(-45deg);border-width:0 0 5px 5px}"))
                .isEqualTo(
                        ".govuk-checkboxes__label:after{right:10px;transform:rotate(-45deg);border-width:0 0 5px 5px}");
    }

    @org.junit.jupiter.api.Test
    void a_selector_is_left_alone() {
        assertThat(Mirror.of(".left-side{top:0}")).isEqualTo(".left-side{top:0}");
    }
}
