package org.selfservice.store;

import java.nio.charset.StandardCharsets;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.ByteArrayToJsonNodeConverter;
import org.axonframework.serialization.jackson3.JsonNodeToByteArrayConverter;
import org.axonframework.serialization.jackson3.JsonNodeToObjectNodeConverter;
import org.axonframework.serialization.jackson3.ObjectNodeToJsonNodeConverter;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Keys;
import org.selfservice.store.EventTypes.EventType;
import org.selfservice.store.PersonalModule.Sealing;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stored form of events, of their metadata and of snapshots. An event is stored under its name and revision, never
 * under its class; what is personal in it is encrypted. Anything else is refused, as it would be stored in the clear.
 */
final class EventSerializer implements Serializer {
    private final Keys keys;
    private final JsonMapper events = Json.events(new PersonalModule());
    private final ChainingConverter converter = new ChainingConverter();

    EventSerializer(Keys keys) {
        this.keys = keys;
        converter.registerConverter(new JsonNodeToByteArrayConverter(events));
        converter.registerConverter(new ByteArrayToJsonNodeConverter(events));
        converter.registerConverter(new JsonNodeToObjectNodeConverter());
        converter.registerConverter(new ObjectNodeToJsonNodeConverter());
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        byte[] json;
        try {
            json = switch (object) {
                case null -> "null".getBytes(StandardCharsets.UTF_8);
                case Event event -> write(event);
                case Snapshot snapshot -> write(snapshot);
                case MetaData metadata -> Json.CLEAR.writeValueAsBytes(metadata);
                default ->
                    throw new SerializationException(
                            object.getClass().getName() + " is not an event, nor a snapshot, nor metadata");
            };
        } catch (JacksonException failed) {
            throw new SerializationException("cannot write " + object.getClass().getName() + " as JSON", failed);
        }
        return new SimpleSerializedObject<>(
                converter.convert(json, representation),
                representation,
                typeForClass(object == null ? null : object.getClass()));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S, T> @Nullable T deserialize(SerializedObject<S> stored) {
        SerializedType type = stored.getType();
        if (SerializedType.emptyType().equals(type)) {
            return null;
        }
        Class<?> as = classForType(type);
        try {
            if (Event.class.isAssignableFrom(as)) {
                return (T) readEvent(EventTypes.of(as), type.getRevision(), tree(stored));
            }
            if (Snapshot.class.isAssignableFrom(as)) {
                return (T) readSnapshot(as, bytes(stored));
            }
            return (T) Json.CLEAR.readValue(bytes(stored), as);
        } catch (JacksonException failed) {
            throw new SerializationException("cannot read " + type.getName() + " from JSON", failed);
        }
    }

    private byte[] write(Event event) {
        EventType type = EventTypes.of(event.getClass());
        return events.writer()
                .withAttribute(Sealing.class, new Sealing(keys, event.scope(), type.name(), event.stream()))
                .writeValueAsBytes(event);
    }

    /** First without what is personal, to learn the scope from the event itself; an event cannot claim another's key. */
    private Object readEvent(EventType type, @Nullable String revision, JsonNode json) {
        if (!type.revision().equals(revision)) {
            throw new SerializationException(
                    "there is no upcaster from revision " + revision + " of " + type.name() + " to " + type.revision());
        }
        Event outline = (Event) events.readerFor(type.event()).readValue(json);
        if (!type.personal()) {
            return outline;
        }
        return events.readerFor(type.event())
                .withAttribute(Sealing.class, new Sealing(keys, outline.scope(), type.name(), outline.stream()))
                .readValue(json);
    }

    /** The whole of a snapshot, encrypted. */
    private record Envelope(String scope, byte[] enc) {}

    private byte[] write(Snapshot snapshot) {
        String scope = snapshot.scope();
        byte[] plain = Json.CLEAR.writeValueAsBytes(snapshot);
        return Json.CLEAR.writeValueAsBytes(
                new Envelope(scope, keys.encrypt(scope, plain, context(snapshot.getClass(), scope))));
    }

    private Object readSnapshot(Class<?> as, byte[] json) {
        Envelope envelope = Json.CLEAR.readValue(json, Envelope.class);
        byte[] plain = keys.decrypt(envelope.scope(), envelope.enc(), context(as, envelope.scope()));
        if (plain == null) {
            throw new SerializationException("the snapshot was erased");
        }
        try {
            return Json.CLEAR.readValue(plain, as);
        } catch (JacksonException quotesTheContent) {
            throw new SerializationException("the snapshot is not a " + as.getName());
        }
    }

    /** Passes over snapshots of another shape than the class has now, and those whose key was destroyed. */
    boolean readable(DomainEventData<?> snapshot) {
        SerializedType type = snapshot.getPayload().getType();
        if (!typeForClass(classForType(type)).equals(type)) {
            return false;
        }
        return !keys.isDestroyed(Json.CLEAR
                .readValue(bytes(snapshot.getPayload()), Envelope.class)
                .scope());
    }

    private static String context(Class<?> snapshot, String scope) {
        return "snapshot " + snapshot.getName() + ' ' + scope;
    }

    private JsonNode tree(SerializedObject<?> stored) {
        return converter.convert(stored, JsonNode.class).getData();
    }

    private byte[] bytes(SerializedObject<?> stored) {
        return converter.convert(stored, byte[].class).getData();
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return converter.canConvert(byte[].class, representation);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        if (SerializedType.emptyType().equals(type)) {
            return Void.class;
        }
        EventType event = EventTypes.named(type.getName());
        if (event != null) {
            return event.event();
        }
        try {
            Class<?> other = Class.forName(type.getName());
            if (other == MetaData.class || Snapshot.class.isAssignableFrom(other)) {
                return other;
            }
        } catch (ClassNotFoundException unknown) {
            throw new SerializationException("this version of the portal does not know " + type.getName(), unknown);
        }
        throw new SerializationException(type.getName() + " is not an event, nor a snapshot, nor metadata");
    }

    @Override
    @SuppressWarnings("rawtypes")
    public SerializedType typeForClass(@Nullable Class type) {
        if (type == null || type == Void.class) {
            return SerializedType.emptyType();
        }
        if (Event.class.isAssignableFrom(type)) {
            EventType event = EventTypes.of(type);
            return new SimpleSerializedType(event.name(), event.revision());
        }
        String revision = Snapshot.class.isAssignableFrom(type) ? Shape.of(type) : null;
        return new SimpleSerializedType(type.getName(), revision);
    }

    @Override
    public Converter getConverter() {
        return converter;
    }
}
