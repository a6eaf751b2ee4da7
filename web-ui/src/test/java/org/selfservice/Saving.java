package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selfservice.Visitor.Answer;

/** A person who saves the same page again and again, each time with another answer, whatever happens to the portal. */
final class Saving implements Runnable {
    final Visitor person;
    final String draft;
    final List<String> saved = new CopyOnWriteArrayList<>();
    final List<String> strange = new CopyOnWriteArrayList<>();
    final AtomicBoolean stop = new AtomicBoolean();
    volatile int refused;
    volatile int savedSinceRefusal;

    private Saving(Visitor person, String draft) {
        this.person = person;
        this.draft = draft;
    }

    /** Signs in, and begins an application of the demonstration unless there is one. */
    static Saving at(OwnPortal portal, String nationalId) {
        Visitor person = portal.visitor();
        Answer code = person.submit(
                person.get("/oauth2/authorization/national"), "/login", Map.of("individual_id", nationalId));
        Answer after = person.submit(
                code,
                "/code",
                Map.of("code", portal.identities().codeFor(nationalId).orElseThrow()));
        if (after.at().getPath().equals("/consent")) {
            person.submit(
                    after, "/consent", Map.of("decision", "allow"), "claims", List.of("given_name", "family_name"));
        }
        Answer program = person.get("/programs/medical-assistance");
        Matcher begun = Pattern.compile("/applications/a-[^/\"]+").matcher(program.body());
        if (begun.find()) {
            return new Saving(person, begun.group());
        }
        String first = person.submit(program, "/programs/medical-assistance/applications", Map.of())
                .at()
                .getPath();
        Matcher draft = Pattern.compile("/applications/a-[^/]+").matcher(first);
        assertThat(draft.lookingAt()).as(first).isTrue();
        return new Saving(person, draft.group());
    }

    @Override
    public void run() {
        for (int turn = 0; !stop.get(); turn++) {
            Answer page = person.look(draft + "/pages/patient");
            if (page.status() >= 500) {
                refused++;
                savedSinceRefusal = 0;
                continue;
            }
            String name = "Zoé " + turn;
            Answer after = person.submit(page, draft + "/pages/patient", Map.of("answer.name", name, "exit", "save"));
            // 409: what was sent as the server went came through after all, without an answer, and the person is asked
            // which to keep
            if (after.status() >= 500 || after.status() == 409) {
                refused++;
                savedSinceRefusal = 0;
            } else if (after.status() == 200) {
                saved.add(name);
                savedSinceRefusal++;
            } else {
                strange.add(after.status() + " " + after.at());
            }
        }
    }

    /** What was acknowledged last is what the page shows, once this has stopped. */
    void isKept() {
        assertThat(strange).as("answers other than saved and sorry").isEmpty();
        assertThat(person.get(draft + "/pages/patient").body()).contains("value=\"" + saved.getLast() + "\"");
    }
}
