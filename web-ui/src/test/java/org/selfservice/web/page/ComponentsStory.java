package org.selfservice.web.page;

import static org.selfservice.Chromium.examine;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.selfservice.Chromium;

/** Every component of the pages on one, in a browser. */
class ComponentsStory {
    @Test
    void components_are_accessible_and_fit() {
        try (PagesAlone pages = new PagesAlone(LayoutTest.Frame.class);
                BrowserContext context = Chromium.visitor(new Browser.NewContextOptions())) {
            Page page = context.newPage();
            for (String language : new String[] {"ar", "en"}) {
                page.navigate(pages.address() + "/frame?bad=true&lang=" + language);
                for (int width : Chromium.WIDTHS) {
                    page.setViewportSize(width, 800);
                    examine(page, "components-" + language + "-" + width);
                }
            }
        }
    }
}
