package org.selfservice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.selfservice.kernel.form.FieldType;

/** What somebody does on a page, in few words; most of it on the pages that make forms. */
public final class Hands {
    private Hands() {}

    public static void open(Page page, String section) {
        page.navigate("/staff");
        page.locator("main a[href='/staff/" + section + "']").click();
    }

    public static void addPage(Page page, String en, String fr, String ar) {
        page.getByText("Add a page", new Page.GetByTextOptions().setExact(true)).click();
        texts(page, "title", en, fr, ar);
        save(page);
    }

    public static void begin(Page page, FieldType type, String en, String fr, String ar) {
        page.locator("#type-" + type).check();
        save(page);
        texts(page, "label", en, fr, ar);
    }

    public static void another(Page page) {
        page.locator("[name=another]").click();
        assertThat(page.locator(".govuk-notification-banner")).containsText("The question was saved.");
    }

    /** @param texts of two choices, each in three languages */
    public static void choices(Page page, String... texts) {
        fill(page, "lines", texts[0] + "\n" + texts[3]);
        page.locator("[name=add]").click();
        for (int at : new int[] {0, 1}) {
            texts(page, "option." + at + ".label", texts[3 * at], texts[3 * at + 1], texts[3 * at + 2]);
        }
    }

    public static void texts(Page page, String name, String en, String fr, String ar) {
        fill(page, name + ".en", en);
        fill(page, name + ".fr", fr);
        fill(page, name + ".ar", ar);
    }

    public static void birthday(Page page, String name, String day, String month, String year) {
        fill(page, name + "-day", day);
        fill(page, name + "-month", month);
        fill(page, name + "-year", year);
    }

    public static void proceed(Page page) {
        page.locator("button[name=exit][value=continue]").last().click();
    }

    public static void press(Page page, String button) {
        page.locator("main button")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + button + "\\s*$")))
                .click();
    }

    public static void save(Page page) {
        page.locator("form#edit .govuk-button-group button").first().click();
    }

    public static void fill(Page page, String id, String value) {
        control(page, id).fill(value);
    }

    public static Locator control(Page page, String id) {
        return page.locator("[id='" + id + "']");
    }

    public static void check(Page page, String id) {
        control(page, id).check();
    }
}
