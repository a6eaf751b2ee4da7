package org.selfservice.web.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.web.identity.Access;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API's description (OpenAPI 3.1): what is the same for all endpoints is said here once. Who may call an endpoint comes
 * from the table that decides it; examples are those that the tests send.
 */
@Configuration(proxyBeanMethods = false)
class Described {
    private static final String PROBLEM = "application/problem+json";
    /** Answers with an {@code ETag}. */
    private static final Set<String> VERSIONED =
            Set.of("Position", "ProgramDetails", "FormFile", "CaseFile", "EnrolmentFile");
    /** What is about several streams, or about none: no one version can be expected. */
    private static final Set<String> WITHOUT_VERSION = Set.of(
            "recordPayments",
            "decideApplications",
            "replayEligibilityRules",
            "sendAgain",
            "sendAllAgain",
            "dropMessage",
            "replayView",
            "swapView",
            "stopReplay");

    private static final Map<String, String> REFUSALS = new LinkedHashMap<>();

    static {
        REFUSALS.put("400", "The request has the wrong form; details.field says where.");
        REFUSALS.put("401", "No valid bearer token and no session.");
        REFUSALS.put("403", "The caller may not do this, or a session's request lacks its token against forgery.");
        REFUSALS.put("404", "There is no such thing, or it is not the caller's to know of.");
        REFUSALS.put("409", "It cannot be done in the present state.");
        REFUSALS.put("410", "The person was erased.");
        REFUSALS.put("412", "It is at another version than `If-Match` says; `ETag` says at which.");
        REFUSALS.put("413", "The request is too large.");
        REFUSALS.put("415", "The request's body is of another media type than the endpoint reads.");
        REFUSALS.put("422", "A rule does not allow it.");
        REFUSALS.put(
                "503",
                "Something that the answer needs is away, or whether the bearer token is valid cannot be said now. `Retry-After`"
                        + " says when to ask again, with the same `Idempotency-Key`.");
    }

    @Bean
    OpenAPI api() {
        return new OpenAPI()
                .info(new Info()
                        .title("Self-Service Portal")
                        .version("1")
                        .description(
                                "What staff and other systems do with programs, forms, cases and enrolments. A command is"
                                        + " answered with the place where it left its stream; give its sequence as"
                                        + " `atLeast` to a query to wait, a second at most, until the query has seen it."
                                        + " Texts of problems are in the language of `Accept-Language`; their codes"
                                        + " never change."))
                .components(new Components()
                        .addSecuritySchemes(
                                "bearer",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")
                                        .description("Another system's token; one of the scopes named is enough."))
                        .addSecuritySchemes(
                                "session",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.COOKIE)
                                        .name("portal")
                                        .description(
                                                "A member of staff who signed in, with one of the roles named. Whatever"
                                                        + " changes something needs the header X-CSRF-TOKEN with the value of"
                                                        + " the field _csrf of any page of the session.")));
    }

    @Bean
    OpenApiCustomizer sameForAll(JsonMapper json) throws IOException {
        Map<String, Object> examples = examples(json);
        return api -> {
            api.getComponents().addSchemas("Problem", problem());
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                        access(path, method, operation);
                        problems(path, method, operation);
                        parameters(operation);
                        if (method != PathItem.HttpMethod.GET) {
                            onceAndAsExpected(operation);
                        }
                        versions(operation);
                        Object example = examples.get(operation.getOperationId());
                        if (example != null) {
                            operation.getRequestBody().getContent().values().forEach(body -> body.setExample(example));
                        }
                    }));
        };
    }

    static Map<String, Object> examples(JsonMapper json) throws IOException {
        try (InputStream in = Objects.requireNonNull(Described.class.getResourceAsStream("/api/examples.json"))) {
            return json.readValue(in, new TypeReference<LinkedHashMap<String, Object>>() {});
        }
    }

    private static void access(String path, PathItem.HttpMethod method, Operation operation) {
        Access access = Access.to(HttpMethod.valueOf(method.name()), path);
        operation.setSecurity(Stream.concat(
                        access.scopes().stream().map(scope -> new SecurityRequirement().addList("bearer", scope)),
                        access.roles().stream().map(role -> new SecurityRequirement().addList("session", role)))
                .toList());
    }

    private static void problems(String path, PathItem.HttpMethod method, Operation operation) {
        ApiResponses responses = operation.getResponses();
        boolean reads = method == PathItem.HttpMethod.GET;
        REFUSALS.forEach((status, why) -> {
            boolean impossible = status.equals("404") && !path.contains("{") && reads
                    || reads
                            && List.of("409", "410", "412", "413", "415", "422").contains(status)
                    || operation.getRequestBody() == null
                            && List.of("413", "415").contains(status);
            if (!impossible) {
                responses.addApiResponse(
                        status,
                        new ApiResponse()
                                .description(why)
                                .content(new Content()
                                        .addMediaType(
                                                PROBLEM,
                                                new MediaType()
                                                        .schema(new Schema<>().$ref("#/components/schemas/Problem")))));
            }
        });
    }

    private static void parameters(Operation operation) {
        List<Parameter> parameters = operation.getParameters() == null ? List.of() : operation.getParameters();
        for (Parameter parameter : parameters) {
            if (parameter.getName().equals("atLeast")) {
                parameter.description("Waits, a second at most, until this sequence number of the stream was seen.");
            }
        }
    }

    /** What every command understands besides what it is about. */
    private static void onceAndAsExpected(Operation operation) {
        operation.addParametersItem(new HeaderParameter()
                .name(Repeats.HEADER)
                .description(
                        "Chosen anew by the sender for each thing to be done, such as a UUID. The same request again"
                                + " within a day, with the same key, is answered as the first and not done again; while the"
                                + " first is being done with 409, and another request with this key with 422.")
                .schema(new StringSchema().minLength(1).maxLength(Repeats.LONGEST)));
        if (!WITHOUT_VERSION.contains(operation.getOperationId())) {
            operation.addParametersItem(new HeaderParameter()
                    .name("If-Match")
                    .description("An `ETag` as it was read or answered last: the command is done only if nothing has"
                            + " changed since, and otherwise refused with 412.")
                    .schema(new StringSchema()));
        }
    }

    private static void versions(Operation operation) {
        operation.getResponses().forEach((status, response) -> {
            boolean isVersioned = response.getContent() != null
                    && response.getContent().values().stream()
                            .map(MediaType::getSchema)
                            .filter(Objects::nonNull)
                            .anyMatch(schema -> schema.get$ref() != null
                                    && VERSIONED.contains(schema.get$ref()
                                            .substring(schema.get$ref().lastIndexOf('/') + 1)));
            if (isVersioned || status.equals("412")) {
                response.addHeaderObject(
                        "ETag",
                        new Header()
                                .description("The sequence number of the stream's last event, in quotes.")
                                .schema(new StringSchema()));
            }
        });
    }

    private static Schema<?> problem() {
        StringSchema code = new StringSchema();
        Stream.concat(
                        Arrays.stream(RefusalCode.values()).map(Enum::name),
                        Stream.of("UNAUTHENTICATED", "METHOD_NOT_ALLOWED", "NOT_ACCEPTABLE", "TOO_LARGE"))
                .forEach(code::addEnumItem);
        Stream.of("UNSUPPORTED_MEDIA_TYPE", "FAILED").forEach(code::addEnumItem);
        return new ObjectSchema()
                .description("RFC 9457")
                .addProperty("type", new StringSchema().description("Always about:blank: the code says which."))
                .addProperty("title", new StringSchema())
                .addProperty("status", new Schema<Integer>().types(Set.of("integer")))
                .addProperty("detail", new StringSchema().description("For people, in their language."))
                .addProperty("instance", new StringSchema())
                .addProperty("code", code.description("For programs; never renamed."))
                .addProperty("reference", new StringSchema().description("Of this request, in the portal's log."))
                .addProperty(
                        "details",
                        new MapSchema()
                                .additionalProperties(new StringSchema())
                                .description("What fills the gaps of the text; never anything personal."))
                .required(List.of("type", "title", "status", "detail", "instance", "code", "reference"))
                .example(Map.of(
                        "type", "about:blank",
                        "title", "Bad Request",
                        "status", 400,
                        "detail", "A value has the wrong form: profile.currency.",
                        "instance", "/api/v1/programs",
                        "code", "INVALID",
                        "reference", "7K4M-2P9X-3HJD",
                        "details", Map.of("field", "profile.currency")));
    }
}
