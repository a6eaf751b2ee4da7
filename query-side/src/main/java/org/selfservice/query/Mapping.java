package org.selfservice.query;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.selfservice.kernel.Personal;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records to BSON documents and back. Times and amounts are ISO text and decimal text, so that nothing is rounded; values
 * that a query sorts by are lifted beside the document as BSON dates. Names that BSON gives a meaning to are escaped.
 */
final class Mapping {
    private final JsonMapper mapper = JsonMapper.builder()
            .addMixIn(Personal.class, InClear.class)
            .withConfigOverride(
                    BigDecimal.class, config -> config.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
            .changeDefaultPropertyInclusion(config -> config.withValueInclusion(JsonInclude.Include.NON_NULL))
            .changeDefaultVisibility(config -> config.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .build();

    /** Views hold personal values as they are: erasing redacts them, and the whole store can be thrown away. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Personal.Known.class, name = "known"),
        @JsonSubTypes.Type(value = Personal.Erased.class, name = "erased")
    })
    private interface InClear {}

    Document write(Object value) {
        return (Document) escaped(mapper.convertValue(value, Map.class));
    }

    <T> T read(Document document, Class<T> type) {
        return mapper.convertValue(unescaped(document), type);
    }

    private static Object escaped(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Document document = new Document();
                map.forEach((name, inner) -> document.append(escape((String) name), escaped(inner)));
                yield document;
            }
            case List<?> list -> list.stream().map(Mapping::escaped).toList();
            case null, default -> value;
        };
    }

    private static Object unescaped(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Document document = new Document();
                map.forEach((name, inner) -> document.append(unescape((String) name), unescaped(inner)));
                yield document;
            }
            case List<?> list -> list.stream().map(Mapping::unescaped).toList();
            case null, default -> value;
        };
    }

    static String escape(String name) {
        boolean plain = true;
        for (int i = 0; i < name.length() && plain; i++) {
            plain = switch (name.charAt(i)) {
                case '%', '.', '$', '\0' -> false;
                default -> true;
            };
        }
        return plain
                ? name
                : name.replace("%", "%25")
                        .replace(".", "%2E")
                        .replace("$", "%24")
                        .replace("\0", "%00");
    }

    static String unescape(String name) {
        return name.indexOf('%') < 0
                ? name
                : name.replace("%00", "\0")
                        .replace("%24", "$")
                        .replace("%2E", ".")
                        .replace("%25", "%");
    }
}
