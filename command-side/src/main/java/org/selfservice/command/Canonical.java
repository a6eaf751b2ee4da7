package org.selfservice.command;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * One JSON text for one value: keys sorted, no white space, numbers in plain notation, personal values in the clear. Its
 * hash proves later what was published or sent, so the form must never change.
 */
public final class Canonical {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .changeDefaultVisibility(visible -> visible.withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                    .withFieldVisibility(Visibility.ANY))
            .addModule(new SimpleModule().addSerializer(new Clear(null)))
            .build();

    private Canonical() {}

    /** Lower-case hex of SHA-256 over the UTF-8 of the canonical JSON. */
    public static String sha256(Object value) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(json(value).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same with one property left out: the one that holds the hash itself. */
    public static String sha256Without(Object value, String property) {
        ObjectNode tree = JSON.valueToTree(value);
        tree.remove(property);
        return sha256(tree);
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Writes the value as its declared type says, so that every answer tells its kind. */
    @SuppressWarnings("rawtypes")
    private static final class Clear extends StdSerializer<Personal> {
        private final @Nullable JavaType content;

        Clear(@Nullable JavaType content) {
            super(Personal.class);
            this.content = content;
        }

        @Override
        public ValueSerializer<?> createContextual(SerializationContext context, @Nullable BeanProperty property) {
            return property == null ? this : new Clear(property.getType().containedType(0));
        }

        @Override
        public void serialize(Personal value, JsonGenerator json, SerializationContext context) {
            Object known = value.orNull();
            if (known == null || content == null) {
                context.writeValue(json, known);
            } else {
                context.findTypedValueSerializer(content, true).serialize(known, json, context);
            }
        }
    }
}
