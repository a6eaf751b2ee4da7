package org.selfservice.web.application;

import java.time.LocalDate;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.selfservice.PortalUnderTest;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.RequireDocuments;
import org.selfservice.kernel.program.ProgramCommand.ReviseProgram;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.program.ProgramCommand.SetEligibilityRules;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramState;

/** Opens programs of a test's own. */
public final class Offer {
    private Offer() {}

    /** With the form that has every kind of question, nothing refused and no document needed. */
    static ProgramCode open(String code) {
        return open(code, SampleForm.FORM, List.of(), List.of());
    }

    public static ProgramCode open(
            String code, FormDefinition form, List<EligibilityRule> rules, List<DocumentRequirement> documents) {
        ProgramCode program = new ProgramCode(code);
        FormCode questions = new FormCode(code);
        PortalUnderTest.send(new CreateProgram(program, profile()));
        PortalUnderTest.send(new CreateForm(questions, LocalizedText.en(code)));
        publish(questions, form);
        PortalUnderTest.send(new MapForm(program, questions, 1, OpenDrafts.KEEP_VERSION));
        PortalUnderTest.send(new SetApplicationPolicy(program, ApplicationPolicy.oneOpen()));
        PortalUnderTest.send(new SetEligibilityRules(program, rules));
        PortalUnderTest.send(new RequireDocuments(program, documents));
        PortalUnderTest.send(new OpenProgram(program));
        await(program, ProgramState.OPEN);
        return program;
    }

    static void publish(FormCode form, FormDefinition definition) {
        PortalUnderTest.send(new ReviseFormDraft(form, definition));
        PortalUnderTest.send(new PublishFormVersion(form));
    }

    public static void await(ProgramCode program, ProgramState state) {
        Awaitility.await()
                .until(() -> PortalUnderTest.ask(new FindProgram(program)).state() == state);
    }

    /** Gives the program another profile and waits until people see it. */
    static void revise(ProgramCode program, ProgramProfile profile) {
        PortalUnderTest.send(new ReviseProgram(program, profile));
        Awaitility.await()
                .until(() -> profile.equals(
                        PortalUnderTest.ask(new FindProgram(program)).profile()));
    }

    /** @param closesOn the last day on which one may apply; null for no end */
    static ProgramProfile profile(String name, String currency, @Nullable LocalDate closesOn) {
        return new ProgramProfile(
                "STORY",
                LocalizedText.en(name),
                LocalizedText.en("For everybody"),
                LocalizedText.en("Help"),
                LocalizedText.en("A program"),
                LocalizedText.en("Someone visits you."),
                LocalizedText.en("The office reads it."),
                ProgramProfile.Target.INDIVIDUAL,
                currency,
                null,
                closesOn,
                null,
                10,
                14,
                60,
                "UTC");
    }

    private static ProgramProfile profile() {
        return new ProgramProfile(
                "STORY",
                LocalizedText.of("Story program", "Programme d’histoire", "برنامج القصة"),
                LocalizedText.of("For everybody", "Pour tous", "للجميع"),
                LocalizedText.of("Help", "Aide", "مساعدة"),
                LocalizedText.of("A program", "Un programme", "برنامج"),
                LocalizedText.of("Someone visits you.", "Quelqu’un vous rend visite.", "سيزورك أحد."),
                LocalizedText.of("The office reads it.", "Le bureau le lit.", "يقرؤه المكتب."),
                ProgramProfile.Target.INDIVIDUAL,
                "KES",
                null,
                null,
                null,
                10,
                30,
                90,
                "Africa/Nairobi");
    }
}
