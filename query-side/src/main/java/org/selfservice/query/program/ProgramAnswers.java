package org.selfservice.query.program;

import java.util.Comparator;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.selfservice.kernel.program.ProgramQuery.FindProfile;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProfileThen;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramQuery.Programs;
import org.selfservice.query.Announcements;
import org.selfservice.query.Answers;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class ProgramAnswers extends Answers<ProgramView.Program> {
    ProgramAnswers(ProgramView view, ViewStore store, Announcements announcements) {
        super(view, store, announcements);
    }

    @QueryHandler
    ProgramDetails one(FindProgram query) {
        return known(query.program().value()).details();
    }

    @QueryHandler
    ProfileThen profile(FindProfile query) {
        return new ProfileThen(live.find(query.program().value())
                .map(program -> program.profileAt(query.sequence()))
                .orElse(null));
    }

    /** All of them: an agency has tens of programs, not thousands. */
    @QueryHandler
    Programs all(FindPrograms query) {
        return new Programs(live.list(new Document(), new Document(), 0).stream()
                .filter(program -> query.drafts() || program.opened())
                .map(ProgramView.Program::details)
                .filter(ProgramDetails::exists)
                .sorted(Comparator.comparing(program -> program.code().value()))
                .toList());
    }

    @Override
    public void changed(ProgramView.Program program) {
        announcements.tell(
                FindProgram.class,
                query -> query.program().equals(program.details().code()),
                program::details);
        announcements.tell(FindPrograms.class, FindPrograms::drafts, () -> all(new FindPrograms(true)));
        announcements.tell(FindPrograms.class, query -> !query.drafts(), () -> all(new FindPrograms(false)));
    }
}
