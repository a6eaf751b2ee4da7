package org.selfservice.web.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Constraints;

class IntakeTest {
    private static final ApplicationId CASE = new ApplicationId("a-0123456789abcdefghij");
    private static final ApplicationId OTHER_CASE = new ApplicationId("a-zzzzzzzzzzzzzzzzzzzz");

    @TempDir
    Path folder;

    private final MemoryKeys keys = new MemoryKeys();
    private DiskDocuments store;
    private Intake intake;

    @BeforeEach
    void open() throws IOException {
        store = new DiskDocuments(folder, keys);
        intake = new Intake(store);
    }

    @ParameterizedTest
    @CsvSource({"pdf, application/pdf", "png, image/png", "jpeg, image/jpeg", "heic, image/heic"})
    void a_file_is_kept_as_what_its_content_says(String kind, String type) throws IOException {
        byte[] content = sample(kind);

        Intake.Kept kept = intake.take(CASE, new ByteArrayInputStream(content), Constraints.NONE);

        assertThat(kept.mediaType()).isEqualTo(type);
        assertThat(kept.bytes()).isEqualTo(content.length);
        assertThat(store.open(CASE, kept.document()).readAllBytes()).isEqualTo(content);
    }

    @Test
    void what_lies_on_disk_tells_nothing() throws IOException {
        byte[] content = SampleFiles.pdf();

        intake.take(CASE, new ByteArrayInputStream(content), Constraints.NONE);

        byte[] stored = Files.readAllBytes(files().getFirst());
        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("%PDF")
                .doesNotContain("Catalog");
    }

    @Test
    void an_empty_file_is_refused() {
        refused(new byte[0], Constraints.NONE, RefusalCode.DOCUMENT_EMPTY);
    }

    @Test
    void a_text_that_calls_itself_anything_is_refused_by_its_content() {
        refused("MZ this is no picture".getBytes(), Constraints.NONE, RefusalCode.DOCUMENT_TYPE);
        refused("<html><script>alert(1)</script></html>".getBytes(), Constraints.NONE, RefusalCode.DOCUMENT_TYPE);
        refused("<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(), Constraints.NONE, RefusalCode.DOCUMENT_TYPE);
    }

    @Test
    void a_pdf_that_asks_for_a_password_is_refused() {
        refused(SampleFiles.pdf("secret"), Constraints.NONE, RefusalCode.DOCUMENT_ENCRYPTED);
    }

    @Test
    void a_pdf_cut_short_is_refused() {
        refused("%PDF-1.7 and then nothing".getBytes(), Constraints.NONE, RefusalCode.DOCUMENT_DAMAGED);
    }

    @Test
    void a_picture_cut_short_is_refused() {
        refused(Arrays.copyOf(SampleFiles.png(), 12), Constraints.NONE, RefusalCode.DOCUMENT_DAMAGED);
    }

    @Test
    void a_file_above_the_limit_is_refused_while_it_streams() {
        CountingStream endless = new CountingStream(SampleFiles.jpeg());

        assertThatThrownBy(() -> intake.take(CASE, endless, Constraints.files(1, 1_000_000)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(RefusalCode.DOCUMENT_TOO_LARGE));
        assertThat(endless.read).isLessThan(1_200_000);
        assertThat(files()).isEmpty();
    }

    @Test
    void a_file_of_exactly_the_limit_is_kept() throws IOException {
        byte[] content = Arrays.copyOf(SampleFiles.heic(), 300_000);

        assertThat(intake.take(CASE, new ByteArrayInputStream(content), Constraints.files(1, 300_000))
                        .bytes())
                .isEqualTo(300_000);
        refused(Arrays.copyOf(content, 300_001), Constraints.files(1, 300_000), RefusalCode.DOCUMENT_TOO_LARGE);
    }

    @Test
    void a_connection_lost_half_way_leaves_nothing_behind() {
        InputStream lost = new InputStream() {
            private final InputStream begun = new ByteArrayInputStream(Arrays.copyOf(SampleFiles.heic(), 200_000));

            @Override
            public int read() throws IOException {
                int next = begun.read();
                if (next < 0) {
                    throw new IOException("connection reset");
                }
                return next;
            }
        };

        assertThatThrownBy(() -> intake.take(CASE, lost, Constraints.NONE)).isInstanceOf(IOException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void two_files_of_the_same_content_are_two_documents() throws IOException {
        Intake.Kept first = intake.take(CASE, new ByteArrayInputStream(SampleFiles.png()), Constraints.NONE);
        Intake.Kept second = intake.take(CASE, new ByteArrayInputStream(SampleFiles.png()), Constraints.NONE);

        assertThat(second.document()).isNotEqualTo(first.document());
        assertThat(second.sha256()).isEqualTo(first.sha256());
    }

    @Test
    void thirty_files_at_once_are_all_kept() throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<byte[]>> uploads = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                byte[] content = Arrays.copyOf(SampleFiles.heic(), 2_000_000);
                new Random(i).nextBytes(new byte[8]);
                content[1_000_000] = (byte) i;
                uploads.add(() -> store.open(
                                CASE,
                                intake.take(CASE, new ByteArrayInputStream(content), Constraints.NONE)
                                        .document())
                        .readAllBytes());
            }
            List<Future<byte[]>> kept = pool.invokeAll(uploads);
            for (int i = 0; i < 30; i++) {
                assertThat(kept.get(i).get()[1_000_000]).isEqualTo((byte) i);
            }
        }
        assertThat(files()).hasSize(30);
    }

    @Test
    void a_document_cannot_be_read_as_another_case_s() throws IOException {
        Intake.Kept kept = intake.take(CASE, new ByteArrayInputStream(SampleFiles.png()), Constraints.NONE);
        keys.encrypt(OTHER_CASE.value(), new byte[1], "x");

        assertThatThrownBy(() -> store.open(OTHER_CASE, kept.document()).readAllBytes())
                .isInstanceOf(Exception.class);
    }

    @Test
    void a_document_whose_case_was_erased_is_gone() throws IOException {
        Intake.Kept kept = intake.take(CASE, new ByteArrayInputStream(SampleFiles.png()), Constraints.NONE);

        keys.destroy(CASE.value());

        assertThatThrownBy(() -> store.open(CASE, kept.document()))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(RefusalCode.DOCUMENT_UNKNOWN));
    }

    @Test
    void changed_bytes_are_noticed() throws IOException {
        Intake.Kept kept = intake.take(CASE, new ByteArrayInputStream(SampleFiles.png()), Constraints.NONE);
        byte[] stored = Files.readAllBytes(files().getFirst());
        stored[stored.length - 5] ^= 1;
        Files.write(files().getFirst(), stored);

        assertThatThrownBy(() -> store.open(CASE, kept.document()).readAllBytes())
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_removed_document_is_unknown() throws IOException {
        Intake.Kept kept = intake.take(CASE, new ByteArrayInputStream(SampleFiles.png()), Constraints.NONE);

        store.remove(kept.document());

        assertThatThrownBy(() -> store.open(CASE, kept.document())).isInstanceOf(Refused.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void what_was_arriving_when_the_process_was_killed_is_cleared_at_the_next_start() throws IOException {
        store.begin(CASE, new DocumentId("d-abcdefghijklmnopqrstuv"));
        assertThat(files()).hasSize(1);

        new DiskDocuments(folder, keys);

        assertThat(files()).isEmpty();
    }

    private void refused(byte[] content, Constraints constraints, RefusalCode code) {
        assertThatThrownBy(() -> intake.take(CASE, new ByteArrayInputStream(content), constraints))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
        assertThat(files()).allMatch(file -> !file.toString().endsWith(".arriving"));
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] sample(String kind) {
        return switch (kind) {
            case "pdf" -> SampleFiles.pdf();
            case "png" -> SampleFiles.png();
            case "jpeg" -> SampleFiles.jpeg();
            default -> SampleFiles.heic();
        };
    }

    /** Begins as a picture and never ends. */
    private static final class CountingStream extends InputStream {
        private final byte[] beginning;
        private long read;

        CountingStream(byte[] beginning) {
            this.beginning = beginning;
        }

        @Override
        public int read() {
            int next = read < beginning.length ? beginning[(int) read] & 0xff : 7;
            read++;
            return next;
        }
    }
}
