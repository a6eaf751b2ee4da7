package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.query.Samples.money;
import static org.selfservice.query.Samples.profile;
import static org.selfservice.query.Samples.submitted;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DocumentCodec;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.ProgramProfile;

class MappingTest {
    private final Mapping mapping = new Mapping();

    record Everything(
            Map<String, Answer> answers,
            Personal<Map<String, Answer>> personal,
            Personal<String> name,
            List<Personal<String>> names,
            Money money,
            Instant at,
            ProgramProfile profile,
            Map<String, Long> seen) {}

    @Test
    void aRecordComesBackAsItWas() {
        Map<String, Answer> answers = Map.of(
                "text", Answer.text("Léna لينا 👩‍🌾"),
                "choices", new Answer.Choices(List.of("a", "b")),
                "parts", new Answer.Parts(Map.of("line1", "1 Main St.")),
                "rows", new Answer.Rows(List.of(Map.of("age", Answer.text("7"), "none", new Answer.DontKnow()))),
                "none", new Answer.DontKnow());
        var everything = new Everything(
                answers,
                Personal.of(answers),
                Personal.erased(),
                List.of(Personal.of("x"), Personal.erased()),
                money("12.50"),
                Instant.parse("2026-11-22T12:00:00.123456789Z"),
                profile("Cash"),
                Map.of("r-1", 5_000_000_000L, "a-1", 2L));

        assertThat(mapping.read(overTheWire(mapping.write(everything)), Everything.class))
                .isEqualTo(everything);
    }

    @Test
    void whatWasSentComesBackAsItWas() {
        Submission submission =
                submitted(1, 1, Map.of("name", Answer.text("Lena"))).submission();

        assertThat(mapping.read(overTheWire(mapping.write(submission)), Submission.class))
                .isEqualTo(submission);
    }

    @Test
    void namesThatBsonGivesAMeaningToComeBackAsTheyWere() {
        record Names(Map<String, String> values) {}
        var names = new Names(Map.of("a.b", "1", "$set", "2", "100%", "3", "%2E", "4", "x\0y", "5"));

        BsonDocument document = mapping.write(names);

        assertThat(document.getDocument("values").keySet()).noneMatch(name -> name.matches(".*[.$\0].*"));
        assertThat(mapping.read(overTheWire(document), Names.class)).isEqualTo(names);
    }

    private static Document overTheWire(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec()).decode(new DocumentCodec());
    }
}
