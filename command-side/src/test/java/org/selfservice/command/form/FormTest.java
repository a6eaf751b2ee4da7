package org.selfservice.command.form;

import static org.selfservice.command.Samples.FORM;
import static org.selfservice.command.Samples.form;
import static org.selfservice.kernel.LocalizedText.en;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.command.Canonical;
import org.selfservice.command.World;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.RenameForm;
import org.selfservice.kernel.form.FormCommand.RetireFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormEvent.FormCreated;
import org.selfservice.kernel.form.FormEvent.FormDraftRevised;
import org.selfservice.kernel.form.FormEvent.FormRenamed;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.form.FormEvent.FormVersionRetired;
import org.selfservice.kernel.program.ProgramCode;

class FormTest {
    private static final FormCreated CREATED = new FormCreated(FORM, en("Medical"));
    private static final FormDraftRevised REVISED = new FormDraftRevised(FORM, form());
    private static final FormVersionPublished FIRST =
            new FormVersionPublished(FORM, 1, form(), Canonical.sha256(form()));
    private static final FormDefinition OTHER = form(Field.of("name", FieldType.TEXT, en("Your name")));

    private final World world = new World();

    @Test
    void isCreated() {
        world.given(Form.class).grants(new CreateForm(FORM, en("Medical")), CREATED);
    }

    @Test
    void isCreatedOnce() {
        world.given(Form.class, CREATED).refuses(new CreateForm(FORM, en("Again")), RefusalCode.FORM_EXISTS);
    }

    @Test
    void hasATitle() {
        world.given(Form.class)
                .refuses(new CreateForm(FORM, LocalizedText.EMPTY), RefusalCode.INVALID, "field", "title");
    }

    @Test
    void isRenamedAtAnyTime() {
        world.given(Form.class, CREATED, REVISED, FIRST)
                .grants(new RenameForm(FORM, en("Treatment"), 2L), new FormRenamed(FORM, en("Treatment")));
    }

    @Test
    void thatHasTheTitleAlreadyDoesNotChange() {
        world.given(Form.class, CREATED).changesNothing(new RenameForm(FORM, en("Medical"), null));
        world.given(Form.class, CREATED, new FormRenamed(FORM, en("Treatment")))
                .changesNothing(new RenameForm(FORM, en("Treatment"), null));
    }

    @Test
    void keepsATitleInEnglish() {
        world.given(Form.class, CREATED)
                .refuses(
                        new RenameForm(FORM, new LocalizedText(Map.of("fr", "Soins")), null),
                        RefusalCode.INVALID,
                        "field",
                        "title");
    }

    @Test
    void isNotRenamedByWhoeverReadSomethingOlder() {
        world.given(Form.class, CREATED, REVISED)
                .refuses(new RenameForm(FORM, en("Treatment"), 0L), RefusalCode.CHANGED_MEANWHILE);
    }

    @Test
    void thatDoesNotExistIsNotRenamed() {
        world.given(Form.class).refuses(new RenameForm(FORM, en("Treatment"), null), RefusalCode.NOT_FOUND);
    }

    @Test
    void thatDoesNotExistIsNotRevised() {
        world.given(Form.class).refuses(new ReviseFormDraft(FORM, form()), RefusalCode.NOT_FOUND);
    }

    @Test
    void isRevised() {
        world.given(Form.class, CREATED).grants(new ReviseFormDraft(FORM, form()), REVISED);
    }

    @Test
    void thatIsRevisedToWhatItIsDoesNotChange() {
        world.given(Form.class, CREATED, REVISED).changesNothing(new ReviseFormDraft(FORM, form()));
    }

    @Test
    void isNotRevisedByWhoeverReadSomethingOlder() {
        world.given(Form.class, CREATED, REVISED)
                .refuses(new ReviseFormDraft(FORM, OTHER, 0L), RefusalCode.CHANGED_MEANWHILE);
        world.given(Form.class, CREATED, REVISED)
                .grants(new ReviseFormDraft(FORM, OTHER, 1L), new FormDraftRevised(FORM, OTHER));
    }

    @Test
    void aDraftMayHaveMistakes() {
        FormDefinition unfinished = new FormDefinition(List.of());
        world.given(Form.class, CREATED)
                .grants(new ReviseFormDraft(FORM, unfinished), new FormDraftRevised(FORM, unfinished));
    }

    @Test
    void isPublishedWithTheHashOfItsQuestions() {
        world.given(Form.class, CREATED, REVISED).grants(new PublishFormVersion(FORM), FIRST);
    }

    @Test
    void isNotPublishedByWhoeverLookedAtSomethingOlder() {
        Event[] revised = {CREATED, REVISED, new FormDraftRevised(FORM, OTHER)};
        world.given(Form.class, revised).refuses(new PublishFormVersion(FORM, 1L), RefusalCode.CHANGED_MEANWHILE);
        world.given(Form.class, revised)
                .grants(
                        new PublishFormVersion(FORM, 2L),
                        new FormVersionPublished(FORM, 1, OTHER, Canonical.sha256(OTHER)));
    }

    @Test
    void withoutADraftIsNotPublished() {
        world.given(Form.class, CREATED).refuses(new PublishFormVersion(FORM), RefusalCode.FORM_NOT_VALID);
    }

    @Test
    void withMistakesIsNotPublished() {
        var twice =
                form(Field.of("name", FieldType.TEXT, en("Name")), Field.of("name", FieldType.TEXT, en("Name again")));
        world.given(Form.class, CREATED, new FormDraftRevised(FORM, twice))
                .refuses(new PublishFormVersion(FORM), RefusalCode.FORM_NOT_VALID);
    }

    @Test
    void thatDidNotChangeSinceIsNotPublishedAgain() {
        world.given(Form.class, CREATED, REVISED, FIRST).changesNothing(new PublishFormVersion(FORM));
    }

    @Test
    void thatChangedIsPublishedAsTheNextVersion() {
        world.given(Form.class, CREATED, REVISED, FIRST, new FormDraftRevised(FORM, OTHER))
                .grants(
                        new PublishFormVersion(FORM),
                        new FormVersionPublished(FORM, 2, OTHER, Canonical.sha256(OTHER)));
    }

    @Test
    void versionIsRetired() {
        world.given(Form.class, CREATED, REVISED, FIRST)
                .grants(new RetireFormVersion(FORM, 1), new FormVersionRetired(FORM, 1));
    }

    @Test
    void versionIsRetiredOnce() {
        world.given(Form.class, CREATED, REVISED, FIRST, new FormVersionRetired(FORM, 1))
                .changesNothing(new RetireFormVersion(FORM, 1));
    }

    @Test
    void versionThatDoesNotExistIsNotRetired() {
        world.given(Form.class, CREATED, REVISED, FIRST)
                .refuses(new RetireFormVersion(FORM, 2), RefusalCode.FORM_VERSION_UNKNOWN);
    }

    @Test
    void withTheQuestionsOfARetiredVersionIsPublishedAnew() {
        world.given(Form.class, CREATED, REVISED, FIRST, new FormVersionRetired(FORM, 1))
                .grants(
                        new PublishFormVersion(FORM),
                        new FormVersionPublished(FORM, 2, form(), Canonical.sha256(form())));
    }

    @Test
    void isNoProgramsAndNotForWhoeverIsThereForOne() {
        world.given(Form.class)
                .within(new ProgramCode("medical"))
                .refuses(new CreateForm(FORM, en("Medical")), RefusalCode.NOT_ALLOWED);
    }
}
