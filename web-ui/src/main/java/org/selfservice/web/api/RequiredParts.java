package org.selfservice.web.api;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a record does not declare nullable is required: the description says what {@link Bodies} checks. */
@Component
class RequiredParts implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> schema = chain.next().resolve(type, context, chain);
        Class<?> described = Json.mapper().constructType(type.getType()).getRawClass();
        if (schema != null && described.isRecord()) {
            Schema<?> model = schema.get$ref() == null
                    ? schema
                    : context.getDefinedModels()
                            .get(schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1));
            require(model, described);
        }
        return schema;
    }

    private static void require(@Nullable Schema<?> model, Class<?> described) {
        if (model != null && model.getProperties() != null) {
            model.setRequired(Arrays.stream(described.getRecordComponents())
                    .filter(part -> model.getProperties().containsKey(part.getName()))
                    .filter(part -> !part.getAnnotatedType().isAnnotationPresent(Nullable.class))
                    .map(RecordComponent::getName)
                    .toList());
        }
    }
}
