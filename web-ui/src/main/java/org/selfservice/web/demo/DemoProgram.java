package org.selfservice.web.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program with its form, as a file in {@code demo/} describes it. Dates there are in days from the day of reading, so
 * that the demo never grows old, and a field says only what is unusual about it.
 *
 * @param suspension why it is suspended, when {@code state} says so
 */
record DemoProgram(
        ProgramCode program,
        ProgramProfile profile,
        ApplicationPolicy policy,
        List<EligibilityRule> rules,
        List<DocumentRequirement> documents,
        List<RejectionReason> rejectionReasons,
        LocalizedText formTitle,
        FormDefinition definition,
        ProgramState state,
        @Nullable LocalizedText suspension) {

    private static final List<String> ALL =
            List.of("cash-transfer", "medical-assistance", "farm-inputs", "school-meals", "fuel-voucher");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Stream<DemoProgram> all(LocalDate today) {
        return ALL.stream().map(code -> read("/demo/" + code + ".json", today));
    }

    FormCode form() {
        return new FormCode(program.value());
    }

    private static DemoProgram read(String resource, LocalDate today) {
        try (InputStream in = DemoProgram.class.getResourceAsStream(resource)) {
            JsonNode file = JSON.readTree(in);
            ObjectNode profile = (ObjectNode) file.get("profile");
            days(profile, "opens", today);
            days(profile, "closes", today);
            days(profile, "reopens", today);
            ObjectNode form = (ObjectNode) file.get("form");
            LocalizedText title = JSON.treeToValue(form.remove("title"), LocalizedText.class);
            form.get("pages").forEach(DemoProgram::completePage);
            return new DemoProgram(
                    new ProgramCode(file.get("code").asString()),
                    JSON.treeToValue(profile, ProgramProfile.class),
                    JSON.treeToValue(file.get("policy"), ApplicationPolicy.class),
                    list(file.get("rules"), EligibilityRule.class),
                    list(file.get("documents"), DocumentRequirement.class),
                    list(file.get("rejectionReasons"), RejectionReason.class),
                    title,
                    JSON.treeToValue(form, FormDefinition.class),
                    ProgramState.valueOf(file.get("state").asString()),
                    file.has("suspension") ? JSON.treeToValue(file.get("suspension"), LocalizedText.class) : null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static <T> List<T> list(JsonNode array, Class<T> type) {
        return array.valueStream().map(node -> JSON.treeToValue(node, type)).toList();
    }

    private static void days(ObjectNode profile, String what, LocalDate today) {
        JsonNode days = profile.remove(what + "InDays");
        if (days != null) {
            profile.put(what + "On", today.plusDays(days.asInt()).toString());
        }
    }

    private static void completePage(JsonNode page) {
        otherwise((ObjectNode) page, "hint", "{}");
        page.get("fields").forEach(DemoProgram::completeField);
    }

    private static void completeField(JsonNode node) {
        ObjectNode field = (ObjectNode) node;
        otherwise(field, "hint", "{}");
        otherwise(field, "required", "true");
        otherwise(field, "mayNotKnow", "false");
        otherwise(field, "reportable", "false");
        otherwise(field, "options", "[]");
        otherwise(field, "fields", "[]");
        otherwise(field, "constraints", "{}");
        ObjectNode constraints = (ObjectNode) field.get("constraints");
        otherwise(constraints, "notInFuture", "false");
        otherwise(constraints, "mediaTypes", "[]");
        field.get("fields").forEach(DemoProgram::completeField);
    }

    private static void otherwise(ObjectNode node, String name, String json) {
        if (!node.has(name)) {
            node.set(name, JSON.readTree(json));
        }
    }
}
