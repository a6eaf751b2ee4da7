package org.selfservice.web.demo;

import java.time.LocalDate;
import java.util.List;
import org.selfservice.kernel.form.FormQuery.FormVersion;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.Retention;

/** The demo's programs and forms as the query side would answer them, for tests of pages without the sides. */
public final class DemoAnswers {
    private DemoAnswers() {}

    public static List<ProgramDetails> programs(LocalDate today) {
        return DemoProgram.all(today)
                .map(demo -> new ProgramDetails(
                        demo.program(),
                        demo.state(),
                        demo.profile(),
                        new ProgramDetails.MappedForm(demo.form(), 1, "0", OpenDrafts.KEEP_VERSION),
                        demo.policy(),
                        1,
                        demo.rules(),
                        demo.documents(),
                        demo.rejectionReasons(),
                        demo.suspension(),
                        false,
                        Retention.NO_END,
                        StepUp.NONE,
                        9))
                .toList();
    }

    public static List<FormVersion> forms(LocalDate today) {
        return DemoProgram.all(today)
                .map(demo -> new FormVersion(demo.form(), 1, demo.definition(), "0", false))
                .toList();
    }
}
