package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationId;

/** What the portal relies on, whatever engine keeps its events. */
abstract class EventStoreContract {
    private final StoreProcess one;
    private final StoreProcess other;
    private final ApplicationId application = new ApplicationId("a-" + UUID.randomUUID());
    private final String stream = application.value();

    /** @param other another process on the same store, or the same one where there is only one */
    EventStoreContract(StoreProcess one, StoreProcess other) {
        this.one = one;
        this.other = other;
    }

    /** The events and snapshots of a stream, each as the engine holds it. */
    abstract List<String> stored(String stream);

    @Test
    void eventsAreReadInOrderWithTheirMetadata() {
        one.append(0, remark("one"), remark("two"), remark("three"));
        assertThat(other.history(stream)).containsExactly(remark("one"), remark("two"), remark("three"));
        assertThat(other.events().readEvents(stream).next().getMetaData()).containsAllEntriesOf(StoreProcess.AUTHOR);
    }

    @Test
    void theHeadOfAStreamIsKnownAtOnceWhoeverAppended() {
        assertThat(other.heads().of(Set.of(stream))).isEmpty();
        one.append(0, remark("one"), remark("two"));
        assertThat(other.heads().of(Set.of(stream, stream + "-2"))).isEqualTo(Map.of(stream, 1L));
        other.append(2, remark("three"));
        assertThat(one.heads().of(Set.of(stream))).isEqualTo(Map.of(stream, 2L));
        assertThat(one.events().lastSequenceNumberFor(stream)).contains(2L);
    }

    @Test
    void ofTwoWhoBeginTheSameStreamTheSecondIsRefused() {
        assertThat(isTaken(one, 0, "one")).isTrue();
        assertThat(isTaken(other, 0, "another")).isFalse();
        assertThat(isTaken(one, 0, "another")).isFalse();
        assertThat(one.history(stream)).containsExactly(remark("one"));
    }

    @Test
    void ofTwoWhoContinueAStreamTheSecondIsRefused() {
        one.append(0, remark("one"), remark("two"));
        assertThat(isTaken(other, 1, "another")).isFalse();
        assertThat(isTaken(one, 1, "another")).isFalse();
        assertThat(isTaken(other, 2, "three")).isTrue();
        assertThat(one.history(stream)).containsExactly(remark("one"), remark("two"), remark("three"));
    }

    @Test
    void ofManyWhoBeginAStreamAtOnceOneIsTaken() throws Exception {
        List<Callable<Boolean>> tries = IntStream.range(0, 16)
                .<Callable<Boolean>>mapToObj(number -> () -> isTaken(either(number), 0, "from " + number))
                .toList();
        List<Boolean> taken = atOnce(tries);
        assertThat(taken).containsOnlyOnce(true);
        assertThat(one.history(stream)).containsExactly(remark("from " + taken.indexOf(true)));
    }

    @Test
    void manyWhoContinueAStreamAtOnceLoseNothingThatWasTaken() throws Exception {
        one.append(0, remark("first"));
        List<Callable<List<String>>> writers = IntStream.range(0, 8)
                .<Callable<List<String>>>mapToObj(number -> () -> {
                    List<String> taken = new ArrayList<>();
                    for (int each = 0; each < 10; each++) {
                        String text = number + ", " + each;
                        long head = either(number).heads().of(Set.of(stream)).get(stream);
                        if (isTaken(either(number), head + 1, text)) {
                            taken.add(text);
                        }
                    }
                    return taken;
                })
                .toList();
        List<Object> taken = new ArrayList<>(List.of(remark("first")));
        atOnce(writers).forEach(texts -> texts.forEach(text -> taken.add(remark(text))));
        assertThat(other.history(stream)).containsExactlyInAnyOrderElementsOf(taken);
        assertThat(other.events().lastSequenceNumberFor(stream)).contains(taken.size() - 1L);
    }

    @Test
    void whatIsAppendedTogetherIsThereAsAWholeOrNotAtAll() {
        Remarked elsewhere = remark(new ApplicationId(stream + "-2"), "elsewhere");
        one.append(0, remark("one"));
        assertThat(isTaken(() -> one.events()
                        .publish(List.of(
                                StoreProcess.message(0, elsewhere), StoreProcess.message(0, remark("another"))))))
                .isFalse();
        assertThat(other.heads().of(Set.of(stream, elsewhere.stream()))).isEqualTo(Map.of(stream, 0L));
        assertThat(one.history(elsewhere.stream())).isEmpty();
        one.append(0, elsewhere);
    }

    @Test
    void whatIsPublishedInAUnitOfWorkThatIsRolledBackWasNeverThere() {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(null);
        one.append(0, remark("one"));
        work.rollback();
        assertThat(one.heads().of(Set.of(stream))).isEmpty();
        assertThat(other.history(stream)).isEmpty();
        one.append(0, remark("one"));
    }

    @Test
    void theNewestSnapshotStandsForWhatWasBeforeItUntilItsKeyIsDestroyed() {
        one.append(0, remark("one"), remark("two"), remark("three"), remark("four"));
        SnapshotTest.Case state = SnapshotTest.Case.of(application);
        // the engine may store it after it has answered
        one.events().storeSnapshot(new GenericDomainEventMessage<>("Case", stream, 1, state));
        await().untilAsserted(() -> assertThat(other.history(stream)).hasSize(3));
        one.events().storeSnapshot(new GenericDomainEventMessage<>("Case", stream, 2, state));
        await().untilAsserted(() -> assertThat(other.history(stream))
                .hasSize(2)
                .first()
                .usingRecursiveComparison()
                .ignoringFields("visits")
                .isEqualTo(state));
        assertThat(other.history(stream)).last().isEqualTo(remark("four"));
        assertThat(other.events().readEvents(stream, 0).asStream()).hasSize(4);
        one.keys().destroy(stream);
        assertThat(one.events().readEvents(stream).asStream()).hasSize(4);
    }

    @Test
    void noPersonalValueIsHeldAsItIs() {
        one.append(0, remark("one " + Samples.MARK));
        one.events()
                .storeSnapshot(new GenericDomainEventMessage<>("Case", stream, 0, SnapshotTest.Case.of(application)));
        await().untilAsserted(() -> assertThat(stored(stream)).hasSize(2));
        assertThat(stored(stream))
                .allSatisfy(held -> assertThat(held).contains(stream).doesNotContain(Samples.MARK));
    }

    @Test
    void thePersonalValuesOfADestroyedScopeAreGoneAndTheEventsAreNot() {
        one.append(0, remark("one"), remark("two"));
        one.keys().destroy(stream);
        assertThat(one.history(stream))
                .hasSize(2)
                .allSatisfy(event -> assertThat(((Remarked) event).text()).isEqualTo(Personal.erased()));
    }

    @Test
    void everyReaderGetsEveryEventOnceAndEachStreamInOrder() throws Exception {
        TrackingToken before = one.events().createHeadToken();
        List<ApplicationId> cases = IntStream.range(0, 12)
                .mapToObj(number -> new ApplicationId(stream + "-" + number))
                .toList();
        Map<String, List<Long>> appended = new HashMap<>(Map.of(stream, List.of(0L)));
        cases.forEach(each ->
                appended.put(each.value(), LongStream.range(0, 50).boxed().toList()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<TrackedEventMessage<?>>>> readers = sources().stream()
                    .map(source -> threads.submit(() -> read(source, before)))
                    .toList();
            List<Future<?>> writers = new ArrayList<>();
            for (int number = 0; number < cases.size(); number++) {
                StoreProcess writer = either(number);
                ApplicationId mine = cases.get(number);
                writers.add(threads.submit(() -> appendWithGaps(writer, mine)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            one.append(0, remark("last"));
            for (Future<List<TrackedEventMessage<?>>> reader : readers) {
                assertThat(byStream(reader.get())).isEqualTo(appended);
            }
        }
        assertThat(byStream(read(other.events(), before))).isEqualTo(appended);
    }

    /** Each second try is refused, after the engine may have given it a place in the order of all events. */
    private static void appendWithGaps(StoreProcess writer, ApplicationId mine) {
        for (int each = 0; each < 50; each += 2) {
            writer.append(each, remark(mine, "one"), remark(mine, "two"));
            assertThat(isTaken(() -> writer.append(0, remark(mine, "refused")))).isFalse();
        }
    }

    @Test
    void afterAnyPositionTheRestIsReadEvenIfThePositionWasStored() {
        TrackingToken before = one.events().createHeadToken();
        one.append(0, remark("one"), remark("two"));
        one.append(2, remark("three"));
        one.append(3, remark("four"), remark("last"));
        for (StreamableMessageSource<TrackedEventMessage<?>> source : sources()) {
            List<TrackedEventMessage<?>> all = read(source, before);
            assertThat(payloads(all))
                    .containsExactly(remark("one"), remark("two"), remark("three"), remark("four"), remark("last"));
            for (int read = 1; read < all.size(); read++) {
                TrackingToken position = all.get(read - 1).trackingToken();
                assertThat(other.kept(position)).isEqualTo(position);
                assertThat(payloads(read(source, other.kept(position))))
                        .isEqualTo(payloads(all.subList(read, all.size())));
            }
        }
    }

    @Test
    void aLaterPositionCoversAnEarlierOneAndTheHeadIsThatOfTheNewestEvent() {
        TrackingToken before = one.events().createHeadToken();
        one.append(0, remark("one"), remark("last"));
        List<TrackedEventMessage<?>> read = read(other.eventsForProcesses(), before);
        TrackingToken first = read.getFirst().trackingToken();
        TrackingToken last = read.getLast().trackingToken();
        TrackingToken head = other.events().createHeadToken();
        assertThat(last.covers(first)).isTrue();
        assertThat(first.covers(last)).isFalse();
        assertThat(head.covers(last)).isTrue();
        assertThat(head.position()).isEqualTo(last.position()).isPresent();
    }

    @Test
    void fromAnInstantOnAllThatHappenedSinceIsRead() {
        one.append(0, remark("before"));
        Instant before = Instant.now();
        // the engine may keep no more than milliseconds
        await().until(() -> Instant.now().isAfter(before.plusMillis(5)));
        Instant then = Instant.now();
        await().until(() -> Instant.now().isAfter(then.plusMillis(5)));
        one.append(1, remark("after"), remark("last"));
        for (StreamableMessageSource<TrackedEventMessage<?>> source : sources()) {
            assertThat(payloads(read(source, source.createTokenAt(then))))
                    .containsExactly(remark("after"), remark("last"));
        }
    }

    @Test
    void fromTheFirstOnAllIsRead() {
        one.append(0, remark("one"), remark("last"));
        for (StreamableMessageSource<TrackedEventMessage<?>> source : sources()) {
            assertThat(payloads(read(source, null))).containsExactly(remark("one"), remark("last"));
            assertThat(payloads(read(source, source.createTailToken()))).containsExactly(remark("one"), remark("last"));
        }
    }

    private List<StreamableMessageSource<TrackedEventMessage<?>>> sources() {
        return List.of(one.events(), other.events(), one.eventsForProcesses(), other.eventsForProcesses());
    }

    private StoreProcess either(int number) {
        return number % 2 == 0 ? one : other;
    }

    /** What this test has appended, up to the remark that says that it is the last. */
    private List<TrackedEventMessage<?>> read(
            StreamableMessageSource<TrackedEventMessage<?>> source, @Nullable TrackingToken from) {
        List<TrackedEventMessage<?>> read = new ArrayList<>();
        try (BlockingStream<TrackedEventMessage<?>> events = source.openStream(from)) {
            await().pollInSameThread().atMost(Duration.ofSeconds(60)).until(() -> {
                while (events.hasNextAvailable()) {
                    TrackedEventMessage<?> event = events.nextAvailable();
                    if (event instanceof DomainEventMessage<?> mine
                            && mine.getAggregateIdentifier().startsWith(stream)) {
                        read.add(event);
                        if (event.getPayload().equals(remark("last"))) {
                            return true;
                        }
                    }
                }
                return false;
            });
        }
        return read;
    }

    private static List<Object> payloads(List<TrackedEventMessage<?>> events) {
        return events.stream().<Object>map(TrackedEventMessage::getPayload).toList();
    }

    private static Map<String, List<Long>> byStream(List<TrackedEventMessage<?>> events) {
        Map<String, List<Long>> sequences = new HashMap<>();
        for (TrackedEventMessage<?> event : events) {
            DomainEventMessage<?> mine = (DomainEventMessage<?>) event;
            sequences
                    .computeIfAbsent(mine.getAggregateIdentifier(), _ -> new ArrayList<>())
                    .add(mine.getSequenceNumber());
        }
        return sequences;
    }

    private boolean isTaken(StoreProcess writer, long sequence, String text) {
        return isTaken(() -> writer.append(sequence, remark(text)));
    }

    /** Both are told to the person alike: somebody else was quicker. */
    private static boolean isTaken(Runnable append) {
        try {
            append.run();
            return true;
        } catch (AggregateStreamCreationException | ConcurrencyException refused) {
            return false;
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> tries) throws Exception {
        List<T> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(tries.size())) {
            for (Future<T> outcome : threads.invokeAll(tries)) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }

    private Remarked remark(String text) {
        return remark(application, text);
    }

    private static Remarked remark(ApplicationId application, String text) {
        return new Remarked(application, Samples.REGISTRANT, Samples.PROGRAM, Personal.of(text), true);
    }
}
