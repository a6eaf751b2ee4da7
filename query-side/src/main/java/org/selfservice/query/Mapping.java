package org.selfservice.query;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.selfservice.kernel.Personal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.TokenBuffer;

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

    BsonDocument write(Object value) {
        try (TokenBuffer tokens = TokenBuffer.forGeneration()) {
            mapper.writeValue(tokens, value);
            try (JsonParser parser = tokens.asParser()) {
                parser.nextToken();
                return (BsonDocument) value(parser);
            }
        }
    }

    private static BsonValue value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                BsonDocument document = new BsonDocument();
                for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                    parser.nextToken();
                    document.put(escape(name), value(parser));
                }
                yield document;
            }
            case START_ARRAY -> {
                BsonArray array = new BsonArray();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> new BsonString(parser.getString());
            case VALUE_NUMBER_INT -> new BsonInt64(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> new BsonDouble(parser.getDoubleValue());
            case VALUE_TRUE -> BsonBoolean.TRUE;
            case VALUE_FALSE -> BsonBoolean.FALSE;
            case VALUE_NULL -> BsonNull.VALUE;
            default -> throw new IllegalArgumentException("a view's document has no " + parser.currentToken());
        };
    }

    <T> T read(Document document, Class<T> type) {
        return mapper.convertValue(unescaped(document), type);
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
