package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentEvent.PaymentRecorded;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.registrant.RegistrantCommand.UpdateDemographics;
import org.selfservice.kernel.registrant.Source;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventSerializerTest {
    private final Keys keys = new PlainKeys();
    private final EventSerializer serializer = new EventSerializer(keys);

    static List<Event> everyEvent() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void everyEventReadsAsItWasWritten(Event event) {
        assertThat(serializer.<byte[], Object>deserialize(serializer.serialize(event, byte[].class)))
                .isEqualTo(event);
        assertThat(serializer.<JsonNode, Object>deserialize(serializer.serialize(event, JsonNode.class)))
                .isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void nothingPersonalIsInTheClear(Event event) {
        assertThat(json(event).toString()).doesNotContain(Samples.MARK, "~");
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void withoutItsKeyAnEventStillReads(Event event) {
        SerializedObject<byte[]> stored = serializer.serialize(event, byte[].class);
        keys.destroy(event.scope());
        Event erased = serializer.deserialize(stored);
        assertThat(erased.stream()).isEqualTo(event.stream());
        assertThat(erased.toString()).doesNotContain("[personal]");
    }

    @Test
    void anEventIsStoredUnderItsNameAndRevision() {
        SerializedObject<byte[]> stored = serializer.serialize(sample(AnswersSaved.class), byte[].class);
        assertThat(stored.getType().getName()).isEqualTo("application.answers-saved");
        assertThat(stored.getType().getRevision()).isEqualTo("1");
    }

    @Test
    void aPersonalValueIsBoundToItsEventItsPlaceAndItsStream() {
        String context = new String(
                Base64.getDecoder()
                        .decode(json(sample(ApplicationSubmitted.class))
                                .at("/submission/documents/0/name/enc")
                                .stringValue()),
                java.nio.charset.StandardCharsets.UTF_8);
        assertThat(context)
                .startsWith(Samples.APPLICATION + "|application.submitted submission.documents.name "
                        + Samples.APPLICATION + "|");
    }

    @Test
    void aValueCopiedIntoAnotherStreamIsRefused() {
        ObjectNode stolen = json(sample(ApplicationWithdrawn.class));
        stolen.put("application", new ApplicationId("a-zzzzzzzzzzzzzzzzzzzzzzzz").value());
        assertThatThrownBy(() -> read("application.withdrawn", stolen)).isInstanceOf(SerializationException.class);
    }

    @Test
    void aValueCopiedIntoAnotherEventIsRefused() {
        ObjectNode approved = json(sample(ApplicationWithdrawn.class));
        approved.set("note", approved.remove("reason"));
        assertThatThrownBy(() -> read("application.approved", approved)).isInstanceOf(SerializationException.class);
    }

    @Test
    void nothingCanBeAddedToAnErasedScope() {
        keys.destroy(Samples.APPLICATION.value());
        assertThatThrownBy(() -> json(sample(AnswersSaved.class))).isInstanceOf(Keys.ScopeErased.class);
    }

    @Test
    void anErasedValueIsWrittenAsErased() {
        ApplicationWithdrawn erased =
                new ApplicationWithdrawn(Samples.APPLICATION, Samples.REGISTRANT, Samples.PROGRAM, Personal.erased());
        assertThat(json(erased).at("/reason/erased").booleanValue()).isTrue();
        assertThat(serializer.<byte[], Event>deserialize(serializer.serialize(erased, byte[].class)))
                .isEqualTo(erased);
    }

    @Test
    void propertiesThatAreNoMoreAreIgnored() {
        ObjectNode older = json(sample(ApplicationWithdrawn.class));
        older.put("color", "blue");
        assertThat(read("application.withdrawn", older)).isEqualTo(sample(ApplicationWithdrawn.class));
    }

    @Test
    void collectionsAndNumbersThatWereNotThereYetAreEmpty() {
        ObjectNode older = json(sample(ApplicationSubmitted.class));
        ObjectNode submission = (ObjectNode) older.get("submission");
        submission.remove(List.of("owed", "trace", "documents", "rulesVersion"));
        ApplicationSubmitted read = (ApplicationSubmitted) read("application.submitted", older);
        assertThat(read.submission().owed()).isEmpty();
        assertThat(read.submission().trace()).isEmpty();
        assertThat(read.submission().documents()).isEmpty();
        assertThat(read.submission().rulesVersion()).isZero();
    }

    @Test
    void largeAmountsKeepEveryDigitWhenTheyAreUpcast() {
        JsonNode upcast = serializer
                .serialize(sample(FormVersionPublished.class), JsonNode.class)
                .getData();
        assertThat(read("form.version-published", upcast)).isEqualTo(sample(FormVersionPublished.class));
        assertThat(json(sample(PaymentRecorded.class)).at("/amount/amount").decimalValue())
                .isEqualTo("600.25");
    }

    @Test
    void aRevisionThatNoUpcasterBroughtUpToDateIsRefused() {
        SerializedObject<JsonNode> future = new SimpleSerializedObject<>(
                json(sample(ApplicationWithdrawn.class)), JsonNode.class, "application.withdrawn", "2");
        assertThatThrownBy(() -> serializer.deserialize(future)).hasMessageContaining("no upcaster from revision 2");
    }

    @Test
    void anEventThatThisVersionDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> read("application.teleported", json(sample(ApplicationWithdrawn.class))))
                .hasMessageContaining("does not know application.teleported");
    }

    @Test
    void whatIsNoEventIsRefusedAsItWouldBeStoredInTheClear() {
        var command = new UpdateDemographics(Samples.REGISTRANT, Source.self(), Personal.of(Samples.answers()));
        assertThatThrownBy(() -> serializer.serialize(command, byte[].class))
                .isInstanceOf(SerializationException.class)
                .hasMessageNotContaining(Samples.MARK);
    }

    @Test
    void messagesNeverQuoteAPersonalValue() {
        ObjectNode wrong = json(sample(ApplicationWithdrawn.class));
        String sealed = Samples.APPLICATION + "|application.withdrawn reason " + Samples.APPLICATION + "|[\""
                + Samples.MARK + "\"]";
        ((ObjectNode) wrong.get("reason")).put("enc", Base64.getEncoder().encodeToString(sealed.getBytes()));
        assertThatThrownBy(() -> read("application.withdrawn", wrong)).satisfies(failure -> {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain(Samples.MARK);
            }
        });
    }

    @Test
    void metadataReadAsTheyWereWritten() {
        MetaData metadata = MetaData.from(new Author(
                        "r-1",
                        null,
                        Author.Role.REGISTRANT,
                        null,
                        Author.Channel.WEB,
                        new Author.Evidence("https://id.example.org", "mosip:idp:acr:generated-code", null),
                        "c-1")
                .toMetaData());
        assertThat(serializer.<byte[], MetaData>deserialize(serializer.serialize(metadata, byte[].class)))
                .isEqualTo(metadata);
    }

    @Test
    void messagesOnABusCarryPersonalValuesAsTheyAre() {
        var bus = Json.messageSerializer();
        var command = new UpdateDemographics(Samples.REGISTRANT, Source.self(), Personal.of(Samples.answers()));
        assertThat(bus.<byte[], Object>deserialize(bus.serialize(command, byte[].class)))
                .isEqualTo(command);
        var erased = new UpdateDemographics(Samples.REGISTRANT, Source.self(), Personal.erased());
        assertThat(bus.<byte[], Object>deserialize(bus.serialize(erased, byte[].class)))
                .isEqualTo(erased);
    }

    private static <E extends Event> E sample(Class<E> type) {
        return Samples.all().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private ObjectNode json(Event event) {
        return (ObjectNode) JsonMapper.shared()
                .readTree(serializer.serialize(event, byte[].class).getData());
    }

    private Object read(String name, JsonNode json) {
        return serializer.deserialize(new SimpleSerializedObject<>(json, JsonNode.class, name, "1"));
    }
}
