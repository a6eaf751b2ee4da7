package org.selfservice;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.convert.ConversionFailedException;

/** A setting that nobody knows or that cannot be read as what it should be, in one line with what would be right. */
final class Misread {
    private static final List<String> HIDDEN = List.of("secret", "password", "token", "key");

    /** What Spring Boot leaves as it is when nobody knows the name. */
    private static final Pattern UNSET = Pattern.compile("\\$\\{([^:}]+)}");

    private Misread() {}

    static @Nullable String line(BindException misread) {
        ConversionFailedException conversion = null;
        for (Throwable cause = misread; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnboundConfigurationPropertiesException unbound) {
                return unknown(
                        unbound.getUnboundProperties().iterator().next().getName(),
                        misread.getName(),
                        misread.getTarget().getType().getType());
            }
            if (cause instanceof ConversionFailedException failed) {
                conversion = failed;
            }
        }
        return conversion == null ? null : unreadable(misread.getName().toString(), conversion);
    }

    private static String unreadable(String name, ConversionFailedException conversion) {
        Class<?> type = conversion.getTargetType().getType();
        Matcher unset = UNSET.matcher(String.valueOf(conversion.getValue()));
        if (unset.find()) {
            return name + " is taken from " + unset.group(1) + ", which is not set; set it in the environment.";
        }
        boolean hidden = HIDDEN.stream().anyMatch(name.substring(name.lastIndexOf('.') + 1)::contains);
        return name + " " + (hidden ? "cannot be read" : "is \"" + conversion.getValue() + "\"") + "; " + right(type)
                + " is right.";
    }

    private static String right(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant ->
                                    constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .collect(Collectors.joining(", "));
        }
        if (type == Duration.class) {
            return "a duration such as 30s, 15m or 10h";
        }
        if (type == URI.class) {
            return "an address such as https://id.example.org";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive() ? "a number" : "another value";
    }

    private static String unknown(ConfigurationPropertyName name, ConfigurationPropertyName root, Type settings) {
        Type type = settings;
        for (int i = root.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
            String element = name.getElement(i, ConfigurationPropertyName.Form.UNIFORM);
            Type next = below(type, element);
            if (next == null) {
                String right = components(type).map(Misread::spelled).sorted().collect(Collectors.joining(", "));
                return "There is no setting " + name
                        + (right.isEmpty() ? "." : "; " + name.chop(i) + " has " + right + ".");
            }
            type = next;
        }
        return name + " is empty; give it a value or leave it away.";
    }

    private static @Nullable Type below(Type type, String element) {
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return map.getActualTypeArguments()[1];
        }
        return components(type)
                .filter(component -> spelled(component).replace("-", "").equals(element))
                .map(RecordComponent::getGenericType)
                .findFirst()
                .orElse(null);
    }

    private static Stream<RecordComponent> components(Type type) {
        return type instanceof Class<?> record && record.isRecord()
                ? Arrays.stream(record.getRecordComponents())
                : Stream.of();
    }

    private static String spelled(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
