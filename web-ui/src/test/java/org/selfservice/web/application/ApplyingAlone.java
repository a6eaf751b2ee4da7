package org.selfservice.web.application;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.form.FormQuery.FormVersion;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.FindProfile;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProfileThen;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramQuery.Programs;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.program.Retention;
import org.selfservice.kernel.registrant.RegistrantCommand.GiveConsent;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.Source;
import org.selfservice.web.page.PagesAlone;

/** The applying pages in a browser's reach, with one draft in memory instead of the two sides. */
final class ApplyingAlone implements AutoCloseable {
    static final RegistrantId LENA = new RegistrantId("r-lena-0000000000000000000");
    static final RegistrantId OMAR = new RegistrantId("r-omar-0000000000000000000");
    static final ApplicationId ID = new ApplicationId("a-0000000000000000000000");
    static final Instant NOW = Instant.parse("2026-11-22T07:42:00Z");
    static final String BASE = "/applications/" + ID;
    private static final ProgramCode CASH = new ProgramCode("cash");
    private static final FormCode FORM = new FormCode("cash");

    /** Who makes the next requests. */
    static RegistrantId signedIn = LENA;

    static final Memory MEMORY = new Memory();
    private final PagesAlone pages = new PagesAlone(ApplyingWiring.class);

    ApplyingAlone() {
        MEMORY.reset();
    }

    String address() {
        return pages.address();
    }

    @Override
    public void close() {
        pages.close();
    }

    /** What the two sides would hold. */
    static final class Memory {
        List<Command> sent = new ArrayList<>();

        @Nullable
        Refused refusal;

        Map<String, Answer> answers = new LinkedHashMap<>();
        Map<String, AnswerSource> sources = new LinkedHashMap<>();
        Map<String, Long> changedAt = new LinkedHashMap<>();
        List<Document> documents = new ArrayList<>();
        Map<String, Deferral> deferred = new LinkedHashMap<>();
        Map<String, List<DemographicValue>> known = new LinkedHashMap<>();
        FormDefinition form = SampleForm.FORM;
        int mappedVersion = 1;
        OpenDrafts openDrafts = OpenDrafts.KEEP_VERSION;
        ProgramState program = ProgramState.OPEN;

        @Nullable
        Submission submission;

        /** Whether the query side has not seen yet that it was sent. */
        boolean behind;

        String language = "en";
        long sequence;

        void reset() {
            sent.clear();
            refusal = null;
            answers.clear();
            sources.clear();
            changedAt.clear();
            documents.clear();
            deferred.clear();
            known.clear();
            mappedVersion = 1;
            openDrafts = OpenDrafts.KEEP_VERSION;
            program = ProgramState.OPEN;
            submission = null;
            behind = false;
            sequence = 0;
            signedIn = LENA;
        }

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

        synchronized Position send(Command command) {
            sent.add(command);
            if (refusal != null) {
                throw refusal;
            }
            switch (command) {
                case SaveAnswers save -> save(save);
                case SubmitApplication submit -> submit(submit);
                case GiveConsent consent -> {}
                default -> throw new IllegalArgumentException(command.getClass().getSimpleName());
            }
            return new Position(command.stream(), sequence);
        }

        private void save(SaveAnswers save) {
            Map<String, Answer> changed = new LinkedHashMap<>(save.answers().or(Map.of()));
            List<String> unknown = FormRules.unknown(form, changed);
            if (!unknown.isEmpty()) {
                throw new Refused(RefusalCode.UNKNOWN_FIELD, Map.of("field", unknown.getFirst()));
            }
            changed.entrySet().removeIf(entry -> entry.getValue().equals(answers.get(entry.getKey())));
            List<String> elsewhere = changed.keySet().stream()
                    .filter(field -> changedAt.getOrDefault(field, -1L) > save.basis())
                    .toList();
            if (!elsewhere.isEmpty()) {
                throw new Refused(
                        RefusalCode.ANSWERS_CHANGED_ELSEWHERE, Map.of("fields", String.join(", ", elsewhere)));
            }
            if (!changed.isEmpty()) {
                sequence++;
            }
            changed.forEach((field, answer) -> {
                changedAt.put(field, sequence);
                sources.remove(field);
                if (answer.isEmpty()) {
                    answers.remove(field);
                } else {
                    answers.put(field, answer);
                }
            });
            sources.putAll(save.sources());
        }

        private void submit(SubmitApplication submit) {
            if (submission != null) {
                return;
            }
            sequence++;
            submission = new Submission(
                    FORM,
                    1,
                    "f0".repeat(32),
                    4,
                    1,
                    Personal.of(FormRules.normalize(form, answers, "KES")),
                    Map.copyOf(sources),
                    documents.stream()
                            .map(one -> new SentDocument(
                                    one.id(),
                                    one.field(),
                                    Personal.of(String.valueOf(one.name())),
                                    one.mediaType(),
                                    one.bytes(),
                                    one.sha256()))
                            .toList(),
                    List.of(),
                    Personal.of(Map.of()),
                    Map.copyOf(deferred),
                    submit.declaration(),
                    submit.language(),
                    "ab".repeat(32));
        }

        ApplicationFile file() {
            boolean isSent = submission != null && !behind;
            return new ApplicationFile(
                    ID,
                    LENA,
                    CASH,
                    1,
                    "CASH-7K4M-2P9X",
                    isSent ? ApplicationState.SUBMITTED : ApplicationState.DRAFT,
                    FORM,
                    1,
                    language,
                    Map.copyOf(answers),
                    Map.copyOf(sources),
                    Map.copyOf(changedAt),
                    List.copyOf(documents),
                    Map.copyOf(deferred),
                    isSent ? submission : null,
                    isSent ? "e-sent-1" : null,
                    null,
                    List.of(),
                    null,
                    null,
                    List.of(),
                    NOW,
                    sequence == 0 ? null : NOW,
                    NOW.plus(Duration.ofDays(90)),
                    isSent ? NOW : null,
                    isSent ? NOW.plus(Duration.ofDays(30)) : null,
                    List.of(),
                    false,
                    sequence);
        }

        ProgramDetails details(ProgramCode code) {
            return new ProgramDetails(
                    code,
                    program,
                    new ProgramProfile(
                            "CASH",
                            LocalizedText.of("Cash transfer", "Transfert d’argent", "تحويل نقدي"),
                            LocalizedText.of("For families", "Pour les familles", "للأسر"),
                            LocalizedText.en("Money"),
                            LocalizedText.en("Description"),
                            LocalizedText.of("Someone visits you.", "Quelqu’un vous rend visite.", "سيزورك أحد."),
                            LocalizedText.of(
                                    "The ministry sees your answers.",
                                    "Le ministère voit vos réponses.",
                                    "ترى الوزارة إجاباتك."),
                            ProgramProfile.Target.INDIVIDUAL,
                            "KES",
                            null,
                            null,
                            null,
                            10,
                            30,
                            90,
                            "Africa/Nairobi"),
                    new ProgramDetails.MappedForm(FORM, mappedVersion, "f0".repeat(32), openDrafts),
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

        Object answer(Query<?> query) {
            return switch (query) {
                case FindApplication find -> find.application().equals(ID) ? file() : nothing();
                case FindFormVersion find -> new FormVersion(find.form(), find.version(), form, "f0".repeat(32), false);
                case FindProgram find -> details(find.program());
                case FindProfile find -> new ProfileThen(details(find.program()).profile());
                case FindPrograms find -> new Programs(List.of(details(CASH), details(new ProgramCode("medical"))));
                case FindDossier find ->
                    new Dossier(
                            find.registrant(),
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
                default -> throw new IllegalArgumentException(query.getClass().getSimpleName());
            };
        }

        private ApplicationFile nothing() {
            return new ApplicationFile(
                    ID,
                    null,
                    null,
                    0,
                    "",
                    ApplicationState.DRAFT,
                    null,
                    0,
                    "en",
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    Map.of(),
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    List.of(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    false,
                    -1);
        }
    }
}
