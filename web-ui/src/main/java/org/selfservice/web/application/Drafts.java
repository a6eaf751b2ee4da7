package org.selfservice.web.application;

import java.time.Clock;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.SignedIn;
import org.springframework.stereotype.Component;

/** Finds the signed-in person's own drafts. */
@Component
class Drafts {
    private final OwnApplications applications;
    private final Clock clock;

    Drafts(OwnApplications applications, Clock clock) {
        this.applications = applications;
        this.clock = clock;
    }

    /** @throws org.selfservice.kernel.Refused NOT_FOUND when there is none, or it is another person's */
    Draft find(SignedIn who, ApplicationId application) {
        return draft(applications.find(who, application));
    }

    /** The same as soon as it shows what a command did. */
    Draft find(SignedIn who, Position after) {
        return draft(applications.find(who, after));
    }

    private Draft draft(ApplicationFile file) {
        ProgramDetails program = applications.program(file);
        String zone = program.profile() == null ? "UTC" : program.profile().zone();
        return Draft.of(file, program, applications.form(file), ApplicationPolicy.today(clock.instant(), zone));
    }
}
