package org.selfservice.store;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.Personal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Personal values as {@code {"enc": "…"}}: the value's own JSON, encrypted. A value can be read only in the event, the
 * stream and the place that it was written to.
 */
final class PersonalModule extends SimpleModule {
    private static final String ENCRYPTED = "enc";
    private static final String ERASED = "erased";

    @SuppressWarnings("unchecked")
    PersonalModule() {
        super("personal");
        Class<Personal<?>> type = (Class<Personal<?>>) (Class<?>) Personal.class;
        addSerializer(type, new Write(null));
        addDeserializer(type, new Read(null));
    }

    /** What a reader or a writer must know of the event, as an attribute under this class. */
    record Sealing(Keys keys, String scope, String event, String stream) {
        byte[] seal(byte[] plain, String place) {
            return keys.encrypt(scope, plain, context(place));
        }

        byte @Nullable [] open(byte[] cipher, String place) {
            return keys.decrypt(scope, cipher, context(place));
        }

        private String context(String place) {
            return event + ' ' + place + ' ' + stream;
        }
    }

    private static final class Write extends ValueSerializer<Personal<?>> {
        private final @Nullable ObjectWriter content;

        Write(@Nullable ObjectWriter content) {
            this.content = content;
        }

        @Override
        public ValueSerializer<?> createContextual(SerializationContext context, @Nullable BeanProperty property) {
            return property == null
                    ? this
                    : new Write(Json.CLEAR.writerFor(property.getType().containedType(0)));
        }

        @Override
        public void serialize(Personal<?> personal, JsonGenerator json, SerializationContext context) {
            if (content == null) {
                throw new IllegalStateException("a personal value is stored only as the component of a record");
            }
            String place = place(json.streamWriteContext());
            json.writeStartObject();
            if (personal instanceof Personal.Known<?>(Object value)) {
                Sealing sealing = (Sealing) context.getAttribute(Sealing.class);
                byte[] cipher = sealing.seal(content.writeValueAsBytes(value), place);
                json.writeStringProperty(ENCRYPTED, Base64.getEncoder().encodeToString(cipher));
            } else {
                json.writeBooleanProperty(ERASED, true);
            }
            json.writeEndObject();
        }
    }

    private static final class Read extends ValueDeserializer<Personal<?>> {
        private final @Nullable ObjectReader content;

        Read(@Nullable ObjectReader content) {
            this.content = content;
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            JavaType personal = context.getContextualType();
            return new Read(Json.CLEAR.readerFor(personal.containedTypeOrUnknown(0)));
        }

        /** Without a {@link Sealing} every value reads as erased: enough to learn the event's scope. */
        @Override
        public Personal<?> deserialize(JsonParser json, DeserializationContext context) {
            Sealing sealing = (Sealing) context.getAttribute(Sealing.class);
            if (sealing == null) {
                json.skipChildren();
                return Personal.erased();
            }
            String place = place(json.streamReadContext());
            String cipher = null;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (ENCRYPTED.equals(name)) {
                    cipher = json.getString();
                } else {
                    json.skipChildren();
                }
            }
            byte[] plain =
                    cipher == null ? null : sealing.open(Base64.getDecoder().decode(cipher), place);
            if (plain == null || content == null) {
                return Personal.erased();
            }
            try {
                return Personal.of(content.readValue(plain));
            } catch (JacksonException quotesTheContent) {
                throw new IllegalArgumentException("the personal value at " + place + " has another type");
            }
        }
    }

    /** The names that lead to the value, without positions in lists. */
    private static String place(TokenStreamContext context) {
        Deque<String> names = new ArrayDeque<>();
        for (TokenStreamContext at = context; at != null; at = at.getParent()) {
            if (at.currentName() != null) {
                names.addFirst(at.currentName());
            }
        }
        return String.join(".", names);
    }
}
