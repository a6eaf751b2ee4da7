package org.selfservice.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selfservice.benchmarks.Browser.Page;

/** One of the demonstration's people in front of a browser, on the way from the catalogue to an application that was sent. */
final class Registrant {
    /** National ID numbers that the demonstration knows. */
    static final List<String> IDS =
            List.of("1000200030", "2000300040", "3000400050", "4000500060", "5000600070", "8000900010", "9000100020");

    private static final String APPLICATION = "/applications/[^/]+";

    final Browser browser = new Browser();
    private final RunningPortal portal;
    private String phone = "";
    private int turn;

    Registrant(RunningPortal portal) {
        this.portal = portal;
    }

    /** Milliseconds from sending the form to the last byte of the page that follows. */
    record Timed(Page page, double milliseconds) {}

    @FunctionalInterface
    interface Step {
        Page go() throws IOException, InterruptedException;
    }

    static Timed timed(Step step) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Page page = step.go();
        return new Timed(page, (System.nanoTime() - begun) / 1e6);
    }

    Page open(String path) throws IOException, InterruptedException {
        return browser.open(portal.address.resolve(path));
    }

    void signIn(String nationalId) throws IOException, InterruptedException {
        phone = Crowd.Person.phone(nationalId);
        Page login = open("/oauth2/authorization/national").expect("/login");
        Page code = browser.submit(login, "/login", Map.of("individual_id", nationalId));
        Page consent = browser.submit(code.expect("/code"), "/code", Map.of("code", code(nationalId)));
        browser.submit(consent.expect("/consent"), "/consent", Map.of("decision", "allow"));
        open("/me").expect("/me");
    }

    /** The newest message on the demonstration's phone. */
    private String code(String nationalId) throws IOException, InterruptedException {
        Page phone = browser.open(portal.identities.resolve("/phone"));
        Matcher message = Pattern.compile(
                        "data-id=\"" + nationalId + "\".*?class=['\"]code['\"]>(\\d+)<", Pattern.DOTALL)
                .matcher(phone.text());
        if (!message.find()) {
            throw new IllegalStateException("no code for " + nationalId);
        }
        return message.group(1);
    }

    /** @return the path of the draft */
    String apply() throws IOException, InterruptedException {
        Page program = open("/programs/" + Crowd.PROGRAM).expect("/programs/.*");
        Page begun = browser.submit(program, "/programs/" + Crowd.PROGRAM + "/applications", Map.of());
        begun.expect(APPLICATION + "/(details|tasks|pages/.*)");
        return begun.at().getPath().replaceFirst("(" + APPLICATION + ").*", "$1");
    }

    /** Fills in all pages. */
    List<Timed> answer(String draft) throws IOException, InterruptedException {
        List<Timed> saved = new ArrayList<>();
        for (String id : Crowd.pages()) {
            Page page = open(draft + "/pages/" + id).expect(".*/pages/" + id);
            Map<String, String> typed = new HashMap<>(Map.of("exit", "continue"));
            Crowd.typed(phone, turn++).forEach((field, text) -> typed.put("answer." + field, text));
            Timed next = timed(() -> browser.submit(page, "/pages/" + id, typed));
            next.page().expect(draft + "/(pages/(?!" + id + ").*|tasks|check)");
            saved.add(next);
        }
        return saved;
    }

    Timed send(String draft) throws IOException, InterruptedException {
        Page check = open(draft + "/check").expect(draft + "/check");
        String version = check.tags("input").stream()
                .filter(input -> "declaration".equals(input.get("name")))
                .map(input -> input.get("value"))
                .findFirst()
                .orElseThrow();
        Timed sent = timed(() -> browser.submit(check, "/check", Map.of("declaration", version)));
        sent.page().expect(draft + "/sent");
        return sent;
    }

    void withdraw(String application) throws IOException, InterruptedException {
        Page asked = open(application + "/withdraw").expect(application + "/withdraw");
        browser.submit(asked, "/withdraw", Map.of()).expect(APPLICATION);
    }
}
