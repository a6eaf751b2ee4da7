package org.selfservice.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfservice.kernel.Event;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every stored event's form is pinned by a committed file. A file that would change is a question: can what is already
 * stored still be read (then write it anew with {@code -Dcontracts.write=true}), or does it need a new revision and an
 * upcaster (then the old file stays beside the new one)?
 */
class ContractTest {
    private static final Path CONTRACTS = Path.of("src/test/contracts");
    private static final boolean WRITE = Boolean.getBoolean("contracts.write");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final EventSerializer serializer = new EventSerializer(new PlainKeys());

    static List<Event> everyEvent() {
        return Samples.all();
    }

    @Test
    void everyEventThereIsHasASample() {
        assertThat(Samples.all())
                .extracting(sample -> EventTypes.of(sample.getClass()).name())
                .containsExactlyInAnyOrderElementsOf(EventTypes.all().stream()
                        .map(EventTypes.EventType::name)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void anEventIsStoredAsItsContractSaysAndTheContractReadsAsTheEvent(Event event) throws IOException {
        SerializedObject<byte[]> stored = serializer.serialize(event, byte[].class);
        SerializedType type = stored.getType();
        String form = JSON.writeValueAsString(opened(JSON.readTree(stored.getData()))) + "\n";
        Path contract = CONTRACTS.resolve(type.getName() + "-" + type.getRevision() + ".json");
        if (WRITE) {
            Files.createDirectories(CONTRACTS);
            Files.writeString(contract, form);
        }
        assertThat(contract).as("the contract of a new event").exists();
        assertThat(form).isEqualTo(Files.readString(contract));
        assertThat(serializer.<JsonNode, Object>deserialize(new SimpleSerializedObject<>(
                        closed(JSON.readTree(Files.readString(contract))), JsonNode.class, type)))
                .isEqualTo(event);
    }

    @Test
    void everyContractIsOfAnEventThatCanStillBeRead() throws IOException {
        try (Stream<Path> contracts = Files.list(CONTRACTS)) {
            assertThat(contracts).allSatisfy(contract -> {
                String file = contract.getFileName().toString();
                assertThat(EventTypes.named(file.substring(0, file.lastIndexOf('-'))))
                        .as(file)
                        .isNotNull();
            });
        }
    }

    /** Encrypted values as key, context and content, as a person reads them in a review. */
    private static JsonNode opened(JsonNode json) {
        if (json instanceof ObjectNode object && object.has("enc")) {
            String[] parts =
                    new String(Base64.getDecoder().decode(object.get("enc").stringValue()), UTF_8).split("\\|", 3);
            return JSON.createObjectNode()
                    .put("encrypted with the key of", parts[0])
                    .put("in the context", parts[1])
                    .set("as", JSON.readTree(parts[2]));
        }
        return each(json, ContractTest::opened);
    }

    private static JsonNode closed(JsonNode json) {
        if (json instanceof ObjectNode object && object.has("as")) {
            String plain = object.get("encrypted with the key of").stringValue()
                    + '|'
                    + object.get("in the context").stringValue()
                    + '|'
                    + JSON.writeValueAsString(object.get("as"));
            return JSON.createObjectNode().put("enc", Base64.getEncoder().encodeToString(plain.getBytes(UTF_8)));
        }
        return each(json, ContractTest::closed);
    }

    private static JsonNode each(JsonNode json, UnaryOperator<JsonNode> change) {
        if (json instanceof ObjectNode object) {
            ObjectNode changed = JSON.createObjectNode();
            object.properties().forEach(entry -> changed.set(entry.getKey(), change.apply(entry.getValue())));
            return changed;
        }
        if (json instanceof ArrayNode array) {
            ArrayNode changed = JSON.createArrayNode();
            array.forEach(element -> changed.add(change.apply(element)));
            return changed;
        }
        return json;
    }
}
