package org.selfservice;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.selfservice.kernel.CannotStart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does from the terminal with the views of a portal that runs on the same machine. */
final class Operator {
    static final int SAME = 0;
    static final int FAILED = 1;
    static final int DIFFERENT = 3;

    private static final Set<String> OVER = Set.of("LIVE", "STOPPED", "FAILED");
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(500);

    private final URI views;
    private final PrintStream out;
    private final JsonMapper json = JsonMapper.shared();

    Operator(int port, PrintStream out) {
        this.views = URI.create("http://localhost:" + port + "/actuator/views");
        this.out = out;
    }

    /** @return the exit code: whether the replayed view is as the live one */
    int replay(Options.Replay wanted) {
        try (HttpClient portal = HttpClient.newHttpClient()) {
            if (wanted.view().isEmpty()) {
                ask(portal).path("views").forEach(view -> say(line(view)));
                return SAME;
            }
            JsonNode view = find(portal, wanted.view());
            String state = state(view);
            if (wanted.stop()) {
                if (OVER.contains(state)) {
                    throw new CannotStart("There is no replay of " + wanted.view() + " to stop.");
                }
                order(portal, wanted.view(), "stop");
                return follow(portal, wanted.view(), Set.of());
            }
            if (OVER.contains(state)) {
                order(portal, wanted.view(), "replay");
            }
            int outcome = follow(portal, wanted.view(), Set.of("COMPARED"));
            if (outcome == FAILED || !wanted.swap()) {
                return outcome;
            }
            order(portal, wanted.view(), "swap");
            return follow(portal, wanted.view(), Set.of());
        } catch (IOException away) {
            throw new CannotStart("No portal answers at " + views + ": start it, or say its port with --port.", away);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    /** Says how far it is until it is over, or in one of these states. */
    private int follow(HttpClient portal, String name, Set<String> until) throws IOException, InterruptedException {
        String said = "";
        while (true) {
            JsonNode view = find(portal, name);
            JsonNode replay = view.path("replay");
            String state = state(view);
            String line = state.equals("FOLDING") ? progress(replay) : "";
            if (!line.isEmpty() && !line.equals(said)) {
                say(line);
                said = line;
            }
            if (until.contains(state) || OVER.contains(state)) {
                return ended(name, state, replay);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    private int ended(String name, String state, JsonNode replay) {
        switch (state) {
            case "STOPPED" -> say("Stopped. The live view stays as it is.");
            case "LIVE" -> say("The replayed view " + name + " is live.");
            case "FAILED" -> say("Failed: " + replay.path("failure").asString() + ". The live view stays as it is.");
            default -> {
                JsonNode comparison = replay.path("comparison");
                long different = comparison.path("different").asLong();
                say("Compared with the live view: %,d documents are the same, %,d differ."
                        .formatted(comparison.path("same").asLong(), different));
                comparison.path("named").forEach(id -> say("  " + id.asString()));
                say(
                        "It follows the events beside the live view. Make it live: ./portal replay %s --swap. Throw it away: ./portal replay %s --stop."
                                .formatted(name, name));
                return different == 0 ? SAME : DIFFERENT;
            }
        }
        return state.equals("FAILED") ? FAILED : SAME;
    }

    private static String progress(JsonNode replay) {
        JsonNode progress = replay.path("progress");
        long done = progress.path("done").asLong();
        long total = progress.path("total").asLong();
        long rate = progress.path("perSecond").asLong();
        String left = rate == 0 ? "time left unknown" : (total - done + rate - 1) / rate + " s left";
        return String.format(
                Locale.ROOT,
                "%3d %%  %,d of %,d events, %,d/s, %s",
                total == 0 ? 100 : done * 100 / total,
                done,
                total,
                rate,
                left);
    }

    private static String line(JsonNode view) {
        String state = state(view);
        return String.format(
                Locale.ROOT,
                "%-16s %,9d documents, %,d events behind%s",
                view.path("view").asString(),
                view.path("documents").asLong(),
                view.path("eventsBehind").asLong(),
                OVER.contains(state) ? "" : ", replay " + state.toLowerCase(Locale.ROOT));
    }

    /** One that never was is over. */
    private static String state(JsonNode view) {
        return view.path("replay").path("state").asString("STOPPED");
    }

    private JsonNode find(HttpClient portal, String name) throws IOException, InterruptedException {
        for (JsonNode view : ask(portal).path("views")) {
            if (view.path("view").asString().equals(name)) {
                return view;
            }
        }
        throw new CannotStart("There is no view " + name + "; ./portal replay lists them.");
    }

    private JsonNode ask(HttpClient portal) throws IOException, InterruptedException {
        return read(portal.send(HttpRequest.newBuilder(views).build(), BodyHandlers.ofString()));
    }

    private void order(HttpClient portal, String name, String what) throws IOException, InterruptedException {
        read(portal.send(
                HttpRequest.newBuilder(URI.create(views + "/" + name))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.writeValueAsString(Map.of("wanted", what))))
                        .build(),
                BodyHandlers.ofString()));
    }

    private JsonNode read(HttpResponse<String> answer) {
        return switch (answer.statusCode() / 100) {
            case 2 -> json.readTree(answer.body());
            case 4 ->
                throw new CannotStart("The portal at " + views + " says " + answer.statusCode() + " " + answer.body());
            default -> throw new CannotStart("The portal at " + views + " failed; its log says why.");
        };
    }

    private void say(String line) {
        out.println(line);
    }
}
