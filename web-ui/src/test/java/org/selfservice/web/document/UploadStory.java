package org.selfservice.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import tools.jackson.databind.JsonNode;

/** Many files at once, and connections that break: every file is kept whole or refused by name, and nothing is left over. */
class UploadStory extends PortalUnderTest {
    private static final String NGUYEN = "7000800090";
    /** What the question takes. */
    private static final int MOST = 10;

    @Test
    void of_thirty_files_sent_at_the_same_time_ten_are_ready_and_each_other_is_refused_by_name() throws Exception {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        visitor.get(page(draft));
        Set<Path> before = stored();
        visitor.with("Accept", "application/json");

        Map<String, Answer> answers = new LinkedHashMap<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(30)) {
            List<Callable<Answer>> sending = new ArrayList<>();
            files().forEach((name, content) -> sending.add(() -> visitor.putFiles(page(draft), Map.of(name, content))));
            List<Future<Answer>> sent = pool.invokeAll(sending);
            List<String> names = List.copyOf(files().keySet());
            for (int i = 0; i < names.size(); i++) {
                answers.put(names.get(i), sent.get(i).get());
            }
        }

        List<String> ready = new ArrayList<>();
        answers.forEach((name, answer) -> {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            JsonNode problem = answer.json().get("problem");
            if (problem.isNull()) {
                ready.add(name);
            } else {
                assertThat(problem.asString()).isEqualTo(name + " was not kept: this question takes up to 10 files.");
            }
        });
        assertThat(ready).hasSize(MOST);
        assertThat(kept(draft)).extracting(Document::name).containsExactlyInAnyOrderElementsOf(ready);
        assertThat(kept(draft)).extracting(Document::state).containsOnly(DocumentState.READY);
        assertThat(stored()).as("on disk").hasSize(before.size() + MOST);
        visitor.with("Accept", "text/html");
        assertThat(visitor.get(page(draft)).body())
                .contains("You have handed in as many files as this question takes.");
    }

    @Test
    void of_thirty_files_in_one_form_ten_are_ready_and_each_other_is_refused_by_name() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        visitor.get(page(draft));
        Set<Path> before = stored();

        Answer after = visitor.postFiles(page(draft), files());

        List<String> names = List.copyOf(files().keySet());
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.body()).contains("<title>Error:");
        names.subList(0, MOST)
                .forEach(name ->
                        assertThat(after.body()).contains(name + " is ready.").doesNotContain(name + " was not"));
        names.subList(MOST, names.size())
                .forEach(name -> assertThat(after.body())
                        .contains(name + " was not kept: this question takes up to 10 files.")
                        .doesNotContain(name + " is ready"));
        assertThat(kept(draft)).extracting(Document::name).containsExactlyElementsOf(names.subList(0, MOST));
        assertThat(stored()).as("on disk").hasSize(before.size() + MOST);
    }

    @Test
    void the_same_content_twice_in_one_form_is_kept_once() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        visitor.get(page(draft));
        Map<String, byte[]> twice = new LinkedHashMap<>();
        twice.put("first.png", SampleFiles.png());
        twice.put("second.png", SampleFiles.png());

        assertThat(visitor.postFiles(page(draft), twice).body())
                .contains("first.png is ready.", "You have handed in second.png for this question already.");
        assertThat(kept(draft)).extracting(Document::name).containsExactly("first.png");
    }

    @Test
    void of_a_connection_that_is_lost_half_way_nothing_is_kept_and_the_draft_goes_on() throws IOException {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        visitor.get(page(draft));
        ApplicationFile before = ask(new FindApplication(draft));
        Set<Path> stored = stored();
        byte[] content = Arrays.copyOf(SampleFiles.heic(), 600_000);

        try (Socket phone = new Socket("localhost", address().getPort())) {
            OutputStream out = phone.getOutputStream();
            out.write(head(visitor, draft, 2 * content.length).getBytes(StandardCharsets.UTF_8));
            out.write(content);
            out.flush();
            Awaitility.await().until(() -> arriving().findAny().isPresent());
            // gone without a goodbye, as when the battery is empty
            phone.setSoLinger(true, 0);
        }

        Awaitility.await().until(() -> arriving().findAny().isEmpty());
        assertThat(stored()).isEqualTo(stored);
        assertThat(Files.readString(LOG)).as("nothing is wrong with the portal").doesNotContain("ClientAbortException");
        assertThat(ask(new FindApplication(draft))).isEqualTo(before);
        assertThat(visitor.get(page(draft)).body()).doesNotContain("half.heic");
        assertThat(visitor.postFiles(page(draft), Map.of("half.heic", content)).body())
                .contains("half.heic is ready.");
        assertThat(kept(draft)).extracting(Document::bytes).containsExactly((long) content.length);
    }

    @Test
    void who_goes_on_while_files_are_slowly_on_their_way_goes_on_when_they_are_there() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId draft = Cases.begun(Cases.registrant(visitor));
        Page phone = phone();
        phone.context()
                .addCookies(List.of(new Cookie(
                                "portal", visitor.cookie("portal").orElseThrow().getValue())
                        .setUrl(address().toString())));
        phone.navigate(page(draft));
        List<Route> held = new ArrayList<>();
        phone.route("**" + page(draft) + "*", route -> {
            if (route.request().method().equals("POST") && held.isEmpty()) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        phone.locator("input[type=file]").setInputFiles(new FilePayload[] {
            new FilePayload("first.png", "image/png", SampleFiles.png()),
            new FilePayload("second.heic", "image/heic", Arrays.copyOf(SampleFiles.heic(), 300_000))
        });
        phone.waitForCondition(() -> !held.isEmpty());

        phone.locator("[data-next] a").click();

        assertThat(phone.url()).as("not before they are there").endsWith(page(draft));
        assertThat(phone.locator("[data-files]").textContent()).contains("first.png");
        assertThat(kept(draft)).isEmpty();
        held.getFirst().resume();
        phone.waitForURL(url -> !url.contains("/documents/"));
        assertThat(kept(draft)).extracting(Document::name).containsExactly("first.png", "second.heic");
        assertThat(kept(draft)).extracting(Document::state).containsOnly(DocumentState.READY);
    }

    private static String head(Visitor visitor, ApplicationId draft, int length) {
        return "POST " + page(draft) + "?_csrf=" + visitor.csrf() + " HTTP/1.1\r\nHost: localhost:"
                + address().getPort() + "\r\nAccept: text/html\r\nCookie: portal="
                + visitor.cookie("portal").orElseThrow().getValue() + "\r\nContent-Length: " + length
                + "\r\nContent-Type: multipart/form-data; boundary=half\r\n\r\n--half\r\nContent-Disposition: form-data;"
                + " name=\"files\"; filename=\"half.heic\"\r\nContent-Type: image/heic\r\n\r\n";
    }

    /** In order, each different from the others. */
    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        IntStream.range(10, 40)
                .forEach(number ->
                        files.put("bill-" + number + ".heic", Arrays.copyOf(SampleFiles.heic(), 200_000 + number)));
        return files;
    }

    private static Stream<Path> arriving() {
        return stored().stream().filter(file -> file.toString().endsWith(".arriving"));
    }

    private static Set<Path> stored() {
        try (Stream<Path> files = Files.walk(home().resolve("documents"))) {
            return files.filter(Files::isRegularFile).collect(Collectors.toSet());
        } catch (IOException | java.io.UncheckedIOException changing) {
            return stored();
        }
    }

    private static String page(ApplicationId application) {
        return "/applications/" + application + "/documents/bills";
    }

    private static List<Document> kept(ApplicationId application) {
        return ask(new FindApplication(application)).documents().stream()
                .filter(document -> document.state() != DocumentState.REMOVED)
                .toList();
    }
}
