package org.selfservice.store;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.EventName;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.form.FormEvent;
import org.selfservice.kernel.program.ProgramEvent;
import org.selfservice.kernel.registrant.RegistrantEvent;

/** Every event that there is, by its stored name. */
final class EventTypes {
    private static final List<Class<? extends Event>> FAMILIES = List.of(
            ProgramEvent.class, FormEvent.class, RegistrantEvent.class, ApplicationEvent.class, EnrolmentEvent.class);

    private static final Map<String, EventType> BY_NAME = new HashMap<>();
    private static final Map<Class<?>, EventType> BY_CLASS = new HashMap<>();

    static {
        FAMILIES.stream().flatMap(EventTypes::members).forEach(type -> {
            BY_CLASS.put(type.event(), type);
            if (BY_NAME.put(type.name(), type) != null) {
                throw new IllegalStateException("two events are stored as " + type.name());
            }
        });
    }

    private EventTypes() {}

    /** @param personal whether there is a {@link Personal} value anywhere in it */
    record EventType(String name, String revision, Class<?> event, boolean personal) {}

    static Collection<EventType> all() {
        return BY_NAME.values();
    }

    static @Nullable EventType named(String name) {
        return BY_NAME.get(name);
    }

    static EventType of(Class<?> event) {
        EventType type = BY_CLASS.get(event);
        if (type == null) {
            throw new IllegalArgumentException(event.getName() + " is in no family of events");
        }
        return type;
    }

    private static Stream<EventType> members(Class<?> family) {
        if (family.isSealed()) {
            return Arrays.stream(family.getPermittedSubclasses()).flatMap(EventTypes::members);
        }
        EventName name = family.getAnnotation(EventName.class);
        if (name == null) {
            throw new IllegalStateException(family.getName() + " has no @EventName");
        }
        return Stream.of(new EventType(
                name.value(), Integer.toString(name.revision()), family, personal(family, new HashSet<>())));
    }

    private static boolean personal(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return false;
        }
        return switch (type) {
            case Class<?> plain when plain == Personal.class -> true;
            case Class<?> record
            when record.isRecord() ->
                Arrays.stream(record.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .anyMatch(component -> personal(component, seen));
            case Class<?> sealed
            when sealed.isSealed() ->
                Arrays.stream(sealed.getPermittedSubclasses()).anyMatch(member -> personal(member, seen));
            case ParameterizedType generic ->
                personal(generic.getRawType(), seen)
                        || Arrays.stream(generic.getActualTypeArguments()).anyMatch(part -> personal(part, seen));
            case GenericArrayType array -> personal(array.getGenericComponentType(), seen);
            default -> false;
        };
    }
}
