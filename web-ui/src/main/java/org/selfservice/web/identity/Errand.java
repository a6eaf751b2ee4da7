package org.selfservice.web.identity;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.web.identity.LoginSettings.Purpose;

/**
 * What a person is sent to the provider for.
 *
 * @param language in which they read there
 * @param confirms how sure it must be that it is still the same person; null when somebody arrives
 * @param ways by acr: with another one they do not come back; empty when all will do that are asked for this purpose
 * @param afresh whether they must prove who they are although they signed in there before
 * @param links whether they bring another ID of theirs, and stay signed in as they are
 */
record Errand(
        Purpose purpose,
        String language,
        @Nullable Assurance confirms,
        List<String> ways,
        boolean afresh,
        boolean links)
        implements Serializable {

    static Errand signIn(String language) {
        return new Errand(Purpose.SIGN_IN, language, null, List.of(), false, false);
    }

    /** @param ways empty for all that the provider has for it */
    static Errand assisted(String language, List<String> ways) {
        return new Errand(Purpose.ASSISTED, language, null, ways, true, false);
    }

    static Errand confirming(Purpose purpose, String language, Assurance confirms, List<String> ways) {
        return new Errand(purpose, language, confirms, ways, true, false);
    }

    static Errand linking(String language) {
        return new Errand(Purpose.SIGN_IN, language, null, List.of(), true, true);
    }

    Errand anew() {
        return new Errand(purpose, language, confirms, ways, true, links);
    }

    /** @param used what the provider answered: one way, or several, separated by spaces */
    boolean isDoneWith(@Nullable String used) {
        return ways.isEmpty() || used != null && Arrays.stream(used.split(" ")).anyMatch(ways::contains);
    }
}
