package org.selfservice.command.registrant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.registrant.RegistrantCommand;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * Where logins lead. The stream of a login is that of whoever was registered with it, or says who else it leads to; a
 * registrant's stream says which logins are theirs.
 *
 * @param leadsTo another registrant, by the link; null when the stream's login leads to nobody else
 * @param standing the streams of the registrant's logins, by link; the first one's is not known here
 * @param over links that were taken away
 * @param reported who holds logins that the registrant showed to be theirs, and who has which number in common with them
 */
record Logins(
        @Nullable RegistrantId leadsTo,
        @Nullable String by,
        Map<String, String> standing,
        Set<String> over,
        Set<String> reported) {
    static final Logins NONE = new Logins(null, null, Map.of(), Set.of(), Set.of());
    private static final int MOST = 5;

    boolean knows(String link) {
        return standing.containsKey(link) || over.contains(link);
    }

    boolean stands(String link) {
        return standing.containsKey(link);
    }

    /** @param own the stream of the registrant, which is that of their first login */
    RegistrantId login(String link, String own) {
        String stream = standing.getOrDefault(link, "");
        return new RegistrantId(stream.isEmpty() ? own : stream);
    }

    boolean isFull() {
        return standing.size() >= MOST;
    }

    /** Whether the login that somebody was registered with was taken away from them. */
    boolean isFirstOver() {
        return over.contains(RegistrantCommand.FIRST);
    }

    Logins first() {
        return linked(RegistrantCommand.FIRST, null);
    }

    Logins leadingTo(RegistrantId other, String link) {
        return new Logins(other, link, standing, over, reported);
    }

    Logins leadingNowhere() {
        return new Logins(null, null, standing, over, reported);
    }

    Logins linked(String link, @Nullable RegistrantId login) {
        Map<String, String> more = new HashMap<>(standing);
        more.put(link, login == null ? "" : login.value());
        return new Logins(leadsTo, by, Map.copyOf(more), over, reported);
    }

    Logins unlinked(String link) {
        Map<String, String> fewer = new HashMap<>(standing);
        fewer.remove(link);
        return new Logins(leadsTo, by, Map.copyOf(fewer), plus(over, link), reported);
    }

    Logins reported(String what) {
        return new Logins(leadsTo, by, standing, over, plus(reported, what));
    }

    static String number(String attribute, RegistrantId other) {
        return attribute + " " + other.value();
    }

    private static Set<String> plus(Set<String> set, String one) {
        Set<String> more = new HashSet<>(set);
        more.add(one);
        return Set.copyOf(more);
    }
}
