package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.net.HttpCookie;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selfservice.Visitor.Answer;
import org.selfservice.web.document.SampleFiles;

/**
 * A person who applies, saves, hands in a document, sends and withdraws, over and over, at a portal of another process; keeps
 * a list of what the portal said it had done.
 */
final class Filer {
    static final String PROGRAM = "load";

    private static final byte[] PDF = SampleFiles.pdf();

    private final URI portal;
    private final URI identities;
    private final String nationalId;
    private final Visitor visitor;

    /** By the application's id what was saved in it last. */
    final Map<String, String> saved = new LinkedHashMap<>();

    /** Ids of applications whose document is ready, and of those that were sent. */
    final Queue<String> handedIn = new ConcurrentLinkedQueue<>();

    final Queue<String> sent = new ConcurrentLinkedQueue<>();

    Filer(URI portal, URI identities, String nationalId) {
        this.portal = portal;
        this.identities = identities;
        this.nationalId = nationalId;
        this.visitor = new Visitor(portal);
    }

    Filer signIn() {
        Answer code = visitor.submit(
                visitor.get("/oauth2/authorization/national"), "/login", Map.of("individual_id", nationalId));
        Matcher message = Pattern.compile(
                        "data-id=\"" + nationalId + "\".*?class=['\"]code['\"]>(\\d+)<", Pattern.DOTALL)
                .matcher(new Visitor(identities).get("/phone").body());
        assertThat(message.find()).isTrue();
        Answer after = visitor.submit(code, "/code", Map.of("code", message.group(1)));
        if (after.at().getPath().equals("/consent")) {
            visitor.submit(after, "/consent", Map.of("decision", "allow"));
        }
        return this;
    }

    /** One whole application; what was answered with success before the portal died counts. */
    void file(int number) {
        String base = "/applications/" + send(number);
        visitor.submit(visitor.get(base + "/withdraw"), base + "/withdraw", Map.of());
    }

    /** One that is left open. */
    String send(int number) {
        visitor.get("/programs/" + PROGRAM);
        Answer begun = visitor.post("/programs/" + PROGRAM + "/applications", Map.of());
        Matcher address =
                Pattern.compile("(/applications/([^/]+))/.*").matcher(begun.at().getPath());
        assertThat(address.matches()).as(begun.status() + " at " + begun.at()).isTrue();
        String base = address.group(1);
        String id = address.group(2);
        for (int time = 0; time < 3; time++) {
            String text = nationalId + " said " + number + " " + time;
            Answer page = visitor.get(base + "/pages/about");
            Answer list = visitor.submit(page, base + "/pages/about", Map.of("answer.words", text, "exit", "later"));
            assertThat(list.status()).isEqualTo(200);
            assertThat(list.at().getPath()).isEqualTo("/applications");
            saved.put(id, text);
        }
        visitor.get(base + "/documents/proof");
        Answer files = visitor.postFiles(base + "/documents/proof", Map.of("proof-" + number + ".pdf", PDF));
        if (files.body().contains("is ready.")) {
            handedIn.add(id);
        }
        Answer check = visitor.get(base + "/check");
        Answer done = visitor.submit(check, base + "/check", Map.of("declaration", "2026-11"));
        assertThat(done.at().getPath()).isEqualTo(base + "/sent");
        sent.add(id);
        return id;
    }

    /** Takes back whatever is not withdrawn yet, as far as the portal can. */
    void withdrawAll() {
        Matcher open = Pattern.compile("href=\"(/applications/a-[^\"/]+)\"")
                .matcher(visitor.get("/applications").body());
        while (open.find()) {
            Answer sure = visitor.get(open.group(1) + "/withdraw");
            if (sure.status() == 200 && sure.at().getPath().endsWith("/withdraw")) {
                visitor.submit(sure, open.group(1) + "/withdraw", Map.of());
            }
        }
    }

    /** Opens the page in a browser with the person's session, at this portal or another process of it. */
    void open(Page page, URI at, String path) {
        for (HttpCookie cookie : visitor.cookies().getCookieStore().get(portal)) {
            page.context().addCookies(List.of(new Cookie(cookie.getName(), cookie.getValue()).setUrl(at.toString())));
        }
        page.navigate(at.resolve(path).toString());
    }

    /** What the person's own page shows of a draft. */
    String draft(String application) {
        return visitor.get("/applications/" + application + "/pages/about").body();
    }

    /** The same person after the portal came back. */
    Filer again() {
        return new Filer(portal, identities, nationalId).signIn();
    }
}
