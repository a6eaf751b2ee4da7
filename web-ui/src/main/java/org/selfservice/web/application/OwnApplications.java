package org.selfservice.web.application;

import java.util.Objects;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.springframework.stereotype.Component;

/**
 * The one way in which pages reach an application: as its own person, or somebody who acts for them. What is another's does
 * not exist.
 */
@Component
public class OwnApplications {
    private final Portal portal;

    OwnApplications(Portal portal) {
        this.portal = portal;
    }

    /** @throws Refused NOT_FOUND when there is none, or it is another person's */
    public ApplicationFile find(SignedIn who, ApplicationId application) {
        return owned(who, portal.ask(new FindApplication(application)));
    }

    /** The same as soon as it shows what a command did, or after a second as it is then. */
    public ApplicationFile find(SignedIn who, Position after) {
        return owned(
                who,
                portal.ask(
                        new FindApplication(new ApplicationId(after.stream())),
                        file -> file.sequence() >= after.sequence()));
    }

    /** The questions of the form version that the application was begun with, or brought up to. */
    public FormDefinition form(ApplicationFile file) {
        return Objects.requireNonNull(
                portal.ask(new FindFormVersion(Objects.requireNonNull(file.form()), file.formVersion()))
                        .definition(),
                "a published form version has a definition");
    }

    public ProgramDetails program(ApplicationFile file) {
        return portal.ask(new FindProgram(Objects.requireNonNull(file.program())));
    }

    private static ApplicationFile owned(SignedIn who, ApplicationFile file) {
        if (!file.exists() || !who.registrant().equals(file.registrant()) || !who.mayReach(file.program())) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return file;
    }
}
