package org.selfservice.web.demo;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.program.ProgramCommand.CloseProgram;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.RequireDocuments;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.program.ProgramCommand.SetEligibilityRules;
import org.selfservice.kernel.program.ProgramCommand.SetRejectionReasons;
import org.selfservice.kernel.program.ProgramCommand.SuspendProgram;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.web.Portal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Creates the demo's programs that are not there yet. A program that ever opened is left as it is: somebody may have
 * changed it meanwhile.
 */
@Component
@Profile("demo")
class DemoPrograms implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(DemoPrograms.class);

    private final Portal portal;
    private final Author author = Author.portal("demo-" + UUID.randomUUID());

    DemoPrograms(Portal portal) {
        this.portal = portal;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        DemoProgram.all(LocalDate.now(ZoneOffset.UTC)).forEach(this::create);
    }

    private void create(DemoProgram demo) {
        boolean fresh = sendUnless(RefusalCode.PROGRAM_EXISTS, new CreateProgram(demo.program(), demo.profile()));
        // A program that was begun and never opened is one whose creation was interrupted.
        if (!fresh && details(demo).state() != ProgramState.DRAFT) {
            return;
        }
        boolean freshForm = sendUnless(RefusalCode.FORM_EXISTS, new CreateForm(demo.form(), demo.formTitle()));
        if (freshForm || !isPublished(demo)) {
            send(new ReviseFormDraft(demo.form(), demo.definition()));
            send(new PublishFormVersion(demo.form()));
        }
        send(new MapForm(demo.program(), demo.form(), 1, OpenDrafts.KEEP_VERSION));
        send(new SetApplicationPolicy(demo.program(), demo.policy()));
        send(new SetEligibilityRules(demo.program(), demo.rules()));
        send(new RequireDocuments(demo.program(), demo.documents()));
        send(new SetRejectionReasons(demo.program(), demo.rejectionReasons()));
        send(new OpenProgram(demo.program()));
        if (demo.state() == ProgramState.CLOSED) {
            send(new CloseProgram(demo.program()));
        } else if (demo.suspension() != null) {
            send(new SuspendProgram(demo.program(), demo.suspension()));
        }
        ProgramDetails seen = portal.ask(new FindProgram(demo.program()), found -> found.state() == demo.state());
        LOG.info("Created the demo program {} ({})", demo.program(), seen.state());
    }

    private ProgramDetails details(DemoProgram demo) {
        return portal.ask(new FindProgram(demo.program()), ProgramDetails::exists);
    }

    private boolean isPublished(DemoProgram demo) {
        return !portal.ask(new FindForm(demo.form()), found -> !found.versions().isEmpty())
                .versions()
                .isEmpty();
    }

    private void send(Command command) {
        portal.send(command, author);
    }

    private boolean sendUnless(RefusalCode known, Command command) {
        try {
            send(command);
            return true;
        } catch (Refused refused) {
            if (refused.code() == known) {
                return false;
            }
            throw refused;
        }
    }
}
