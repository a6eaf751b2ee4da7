package org.selfservice.command.program;

import static org.selfservice.command.Decide.refuseIf;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Texts;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.Eligibility;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramEvent.FormMapped;
import org.selfservice.kernel.program.ProgramProfile;

/** Whether a program's parts are right, fit each other, and suffice to open it. */
final class Completeness {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TEXT = 10_000;

    private Completeness() {}

    static void checkProfile(ProgramProfile profile) {
        invalidIf(!profile.referencePrefix().matches("[A-Z]{2,5}"), "referencePrefix");
        profile.name().byLanguage().values().forEach(name -> Texts.check("name", name, 0, LONGEST_NAME));
        profile.texts()
                .forEach((field, text) ->
                        text.byLanguage().values().forEach(words -> Texts.check(field, words, 0, LONGEST_TEXT)));
        invalidIf(
                Currency.getAvailableCurrencies().stream()
                        .noneMatch(c -> c.getCurrencyCode().equals(profile.currency())),
                "currency");
        invalidIf(!isZone(profile.zone()), "zone");
        invalidIf(profile.minutesToComplete() < 0, "minutesToComplete");
        invalidIf(profile.decideWithinDays() < 1, "decideWithinDays");
        invalidIf(profile.draftLifetimeDays() < 1, "draftLifetimeDays");
        invalidIf(
                profile.opensOn() != null
                        && profile.closesOn() != null
                        && profile.closesOn().isBefore(profile.opensOn()),
                "closesOn");
    }

    /** @throws Refused PROGRAM_INCOMPLETE, detail {@code missing} */
    static void check(ProgramProfile profile, @Nullable FormMapped form) {
        List<String> missing = profile.missingToOpen(form != null);
        refuseIf(!missing.isEmpty(), RefusalCode.PROGRAM_INCOMPLETE, "missing", String.join(", ", missing));
    }

    static void checkRules(List<EligibilityRule> rules) {
        Set<String> ids = new HashSet<>();
        for (EligibilityRule rule : rules) {
            Eligibility.validate(rule);
            if (!ids.add(rule.id())) {
                throw new Refused(RefusalCode.RULE_NOT_VALID, Map.of("rule", rule.id(), "problem", "id used twice"));
            }
        }
    }

    static void checkReasons(List<RejectionReason> reasons) {
        Set<String> codes = new HashSet<>();
        for (RejectionReason reason : reasons) {
            invalidIf(!reason.code().matches("[a-z][a-z0-9-]{0,39}") || !codes.add(reason.code()), "code");
            invalidIf(!Texts.hasEnglish(reason.text()), "text");
        }
    }

    static void checkDocuments(List<DocumentRequirement> documents) {
        Set<String> fields = new HashSet<>();
        for (DocumentRequirement document : documents) {
            invalidIf(!fields.add(document.field()), "field");
            invalidIf(!Texts.hasEnglish(document.name()), "name");
        }
    }

    /** Every required document has its file question, and every rule reads questions that are asked. */
    static void checkFit(FormDefinition form, List<DocumentRequirement> documents, List<EligibilityRule> rules) {
        for (DocumentRequirement document : documents) {
            boolean asked = form.field(document.field())
                    .filter(field -> field.type() == FieldType.FILE)
                    .isPresent();
            refuseIf(!asked, RefusalCode.UNKNOWN_FIELD, "field", document.field());
        }
        for (EligibilityRule rule : rules) {
            for (String field : Eligibility.answersUsed(rule)) {
                if (form.field(field).isEmpty()) {
                    throw new Refused(
                            RefusalCode.RULE_NOT_VALID,
                            Map.of("rule", rule.id(), "problem", "the form has no question " + field));
                }
            }
        }
    }

    private static boolean isZone(String zone) {
        try {
            ZoneId.of(zone);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static void invalidIf(boolean wrong, String field) {
        refuseIf(wrong, RefusalCode.INVALID, "field", field);
    }
}
