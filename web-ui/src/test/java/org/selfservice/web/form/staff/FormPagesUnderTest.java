package org.selfservice.web.form.staff;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.List;
import org.awaitility.Awaitility;
import org.selfservice.PortalUnderTest;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;

/** Forms and programs to begin with, and a look at a page with and without scripts. */
abstract class FormPagesUnderTest extends PortalUnderTest {
    static void given(String code) {
        FormCode form = new FormCode(code);
        send(new CreateForm(form, LocalizedText.of("Questions", "Questions", "أسئلة")));
        Field works =
                Field.of("works", FieldType.YES_NO, LocalizedText.of("Do you work?", "Travaillez-vous ?", "هل تعمل؟"));
        Field name = Field.of("name", FieldType.TEXT, LocalizedText.of("Your name", "Votre nom", "اسمك"));
        long seen = send(new ReviseFormDraft(
                        form,
                        new FormDefinition(List.of(new org.selfservice.kernel.form.Page(
                                "about",
                                LocalizedText.of("About you", "À propos de vous", "عنك"),
                                LocalizedText.EMPTY,
                                null,
                                List.of(name, works))))))
                .sequence();
        Awaitility.await().until(() -> ask(new FindForm(form)).sequence() >= seen);
    }

    static void createProgram(String code) {
        LocalizedText text = LocalizedText.of("Relief", "Aide", "إغاثة");
        send(new CreateProgram(
                new ProgramCode(code),
                new ProgramProfile(
                        "RELF",
                        text,
                        text,
                        text,
                        text,
                        text,
                        text,
                        ProgramProfile.Target.HOUSEHOLD,
                        "KES",
                        null,
                        null,
                        null,
                        10,
                        30,
                        90,
                        "Africa/Nairobi")));
        Awaitility.await()
                .until(() -> ask(new FindProgram(new ProgramCode(code))).exists());
    }

    Page withoutScripts() {
        return browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    }

    /** Scripts that look at a page need a page where scripts may run; the pages are the same, so once is enough. */
    void see(Page page, String name, boolean same) {
        if (same) {
            look(page, name);
            page.setViewportSize(1280, 900);
        } else if (name.contains("wrong") || name.contains("changed")) {
            Page copy = desktop();
            copy.navigate("/help");
            copy.setContent(page.content());
            look(copy, name);
            copy.context().close();
        }
    }
}
