package org.selfservice.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.jackson3.MetaDataDeserializer;
import org.selfservice.kernel.Personal;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How the kernel's types look as JSON. */
final class Json {
    /** Personal values in the clear: for what is encrypted as a whole, or never stored. */
    static final JsonMapper CLEAR =
            common(JsonMapper.builder()).addMixIn(Personal.class, Clear.class).build();

    private Json() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Personal.Known.class, name = "known"),
        @JsonSubTypes.Type(value = Personal.Erased.class, name = "erased")
    })
    private interface Clear {}

    /** Of stored events: nothing that is null is written, and what an older event does not have reads as empty. */
    static JsonMapper events(SimpleModule personal) {
        return common(JsonMapper.builder())
                .addModule(personal)
                .disable(SerializationFeature.WRAP_EXCEPTIONS)
                .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
                .withConfigOverride(List.class, list -> list.setNullHandling(emptyForNull()))
                .withConfigOverride(Map.class, map -> map.setNullHandling(emptyForNull()))
                .withConfigOverride(Set.class, set -> set.setNullHandling(emptyForNull()))
                .build();
    }

    static Serializer messageSerializer() {
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(builder -> common(builder).addMixIn(Personal.class, Clear.class))
                .build();
    }

    private static JsonSetter.Value emptyForNull() {
        return JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
    }

    private static JsonMapper.Builder common(JsonMapper.Builder builder) {
        return builder.addModule(
                        new SimpleModule("metadata").addDeserializer(MetaData.class, new MetaDataDeserializer()))
                // Answer.isEmpty() and the like are questions, not properties.
                .changeDefaultVisibility(visible -> visible.withIsGetterVisibility(Visibility.NONE))
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // Amounts keep every digit, upcast or not.
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    }
}
