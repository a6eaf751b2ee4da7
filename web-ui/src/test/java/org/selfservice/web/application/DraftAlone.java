package org.selfservice.web.application;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.program.Retention;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.Source;

/** A draft of one person, with what a test says is answered, handed in and known, without the two sides. */
final class DraftAlone {
    static final Instant NOW = Instant.parse("2026-11-22T07:42:00Z");
    private static final RegistrantId LENA = new RegistrantId("r-lena-0000000000000000000");
    private static final ProgramCode CASH = new ProgramCode("cash");
    private static final FormCode FORM = new FormCode("cash");

    final Map<String, Answer> answers = new LinkedHashMap<>();
    final List<Document> documents = new ArrayList<>();
    final Map<String, Deferral> deferred = new LinkedHashMap<>();
    private final Map<String, List<DemographicValue>> known = new LinkedHashMap<>();

    void know(String attribute, String value, boolean verified, String at) {
        known.put(
                attribute,
                List.of(new DemographicValue(
                        Answer.text(value),
                        verified ? Source.provider("national") : Source.self(),
                        verified,
                        Instant.parse(at),
                        "e-1",
                        true,
                        List.of())));
    }

    Draft draft() {
        return Draft.of(file(), details(), SampleForm.FORM, LocalDate.of(2026, 11, 22));
    }

    Dossier dossier() {
        return new Dossier(
                LENA,
                "Lena",
                false,
                List.of(),
                Map.copyOf(known),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    private ApplicationFile file() {
        return new ApplicationFile(
                new ApplicationId("a-0000000000000000000000"),
                LENA,
                CASH,
                1,
                "CASH-7K4M-2P9X",
                ApplicationState.DRAFT,
                FORM,
                1,
                "en",
                Map.copyOf(answers),
                Map.of(),
                Map.of(),
                List.copyOf(documents),
                Map.copyOf(deferred),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                NOW,
                null,
                NOW.plus(Duration.ofDays(90)),
                null,
                null,
                List.of(),
                false,
                0);
    }

    private static ProgramDetails details() {
        return new ProgramDetails(
                CASH,
                ProgramState.OPEN,
                Offer.profile("Cash transfer", "KES", null),
                new ProgramDetails.MappedForm(FORM, 1, "f0".repeat(32), OpenDrafts.KEEP_VERSION),
                ApplicationPolicy.once(),
                1,
                List.of(new EligibilityRule("adult", "true", LocalizedText.en("You must be 18 or older."), true)),
                List.of(new DocumentRequirement("id_card", LocalizedText.en("ID card"), true)),
                List.of(),
                null,
                false,
                Retention.NO_END,
                StepUp.NONE,
                7);
    }
}
