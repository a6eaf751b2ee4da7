package org.selfservice.query.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.query.Samples.FORM;
import static org.selfservice.query.Samples.NOON;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.SHA;
import static org.selfservice.query.Samples.definition;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.FormEvent.FormCreated;
import org.selfservice.kernel.form.FormEvent.FormDraftRevised;
import org.selfservice.kernel.form.FormEvent.FormRenamed;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.form.FormEvent.FormVersionRetired;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormQuery.FormFile.LastChange;
import org.selfservice.kernel.form.FormQuery.FormFile.PublishedVersion;
import org.selfservice.kernel.form.FormQuery.FormLine;
import org.selfservice.kernel.form.FormQuery.FormVersion;
import org.selfservice.query.Folds;

class FormViewsTest {
    private static final FormVersionPublished FIRST = new FormVersionPublished(FORM, 1, definition("Name"), SHA);

    private final Folds<FormView.Form> form = new Folds<>(new FormView(), FORM.value());
    private final Folds<FormVersion> version = new Folds<>(new FormVersionView(), FORM.value() + "@1");

    @Test
    void aCreatedFormHasATitleAndNothingElse() {
        assertThat(form.by(OFFICER, new FormCreated(FORM, LocalizedText.en("Cash")))
                        .document()
                        .file())
                .isEqualTo(new FormFile(
                        FORM,
                        LocalizedText.en("Cash"),
                        null,
                        List.of(),
                        false,
                        new LastChange(OFFICER.name(), NOON),
                        0));
    }

    @Test
    void aRenamedFormHasItsLastTitle() {
        form.by(OFFICER, new FormCreated(FORM, LocalizedText.en("Cash")));
        form.by(OFFICER, FIRST, new FormRenamed(FORM, LocalizedText.of("Cash", "Argent", "نقد")));

        assertThat(form.document().file().title()).isEqualTo(LocalizedText.of("Cash", "Argent", "نقد"));
        assertThat(form.document().line().title()).isEqualTo(LocalizedText.of("Cash", "Argent", "نقد"));
        assertThat(form.document().file().versions()).hasSize(1);
    }

    @Test
    void theLastRevisionIsTheDraft() {
        form.by(
                OFFICER,
                new FormDraftRevised(FORM, definition("Name")),
                new FormDraftRevised(FORM, definition("Full name")));

        assertThat(form.document().file().draft()).isEqualTo(definition("Full name"));
    }

    @Test
    void versionsAreListedInOrderAndSayWhetherTheyAreRetired() {
        form.by(
                OFFICER,
                FIRST,
                new FormVersionPublished(FORM, 2, definition("Full name"), SHA),
                new FormVersionRetired(FORM, 1));

        assertThat(form.document().file().versions())
                .containsExactly(new PublishedVersion(1, SHA, true), new PublishedVersion(2, SHA, false));
    }

    @Test
    void aFormSaysWhetherItsDraftDiffersFromItsNewestVersion() {
        assertThat(form.by(OFFICER, new FormCreated(FORM, LocalizedText.en("Cash")))
                        .document()
                        .line())
                .isEqualTo(new FormLine(FORM, LocalizedText.en("Cash"), 0, false, NOON));

        form.by(OFFICER, new FormDraftRevised(FORM, definition("Name")));
        assertThat(form.document().line().draftDiffers()).isTrue();

        form.by(OFFICER, FIRST);
        assertThat(form.document().line().version()).isEqualTo(1);
        assertThat(form.document().line().draftDiffers()).isFalse();

        form.by(OFFICER, new FormDraftRevised(FORM, definition("Full name")));
        assertThat(form.document().file().draftDiffers()).isTrue();

        form.by(OFFICER, new FormDraftRevised(FORM, definition("Name")));
        assertThat(form.document().file().draftDiffers()).isFalse();

        form.by(OFFICER, new FormVersionRetired(FORM, 1));
        assertThat(form.document().file().draftDiffers()).isTrue();
    }

    @Test
    void aPublishedVersionHasItsDefinition() {
        assertThat(version.document().definition()).isNull();

        assertThat(version.by(OFFICER, FIRST).document())
                .isEqualTo(new FormVersion(FORM, 1, definition("Name"), SHA, false));
    }

    @Test
    void aRetiredVersionKeepsItsDefinition() {
        assertThat(version.by(OFFICER, FIRST, new FormVersionRetired(FORM, 1)).document())
                .isEqualTo(new FormVersion(FORM, 1, definition("Name"), SHA, true));
    }

    @Test
    void eachVersionIsADocumentOfItsOwn() {
        var view = new FormVersionView();

        assertThat(view.id(FIRST)).isEqualTo("cash-form@1");
        assertThat(view.id(new FormVersionRetired(FORM, 2))).isEqualTo("cash-form@2");
        assertThat(view.id(new FormCreated(FORM, LocalizedText.EMPTY))).isNull();
    }
}
