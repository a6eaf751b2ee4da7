package org.selfservice.kernel;

import java.time.Instant;
import java.util.Map;

/**
 * Requests that came with a key of their sender's choice, and what was answered: one that comes again is answered again and not
 * done again. Kept for a day.
 */
public interface KeyedRequests {

    /**
     * @param caller whose key it is: two callers may choose the same one
     * @param content everything that makes it this request; another one under the same key is another request
     */
    record Keyed(String caller, String key, String content) {}

    /** @param headers those that belong to the answer and not to the connection that it went over */
    record Answer(int status, Map<String, String> headers, String body) {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }

    /** What is known when a request comes. */
    sealed interface Known {
        /** Nothing: whoever asked does it now, and says how it went. */
        record First(Instant begun) implements Known {}

        /** It is being done. */
        record Running() implements Known {}

        record Answered(Answer answer) implements Known {}

        /** The key was used for another request. */
        record Other() implements Known {}
    }

    /** Of several that begin the same at once exactly one is the first. */
    Known begin(Keyed request);

    /** @param begun of the {@link Known.First} that it was done for */
    void keep(Keyed request, Instant begun, Answer answer);

    /** It was not done: whoever asks next is the first. */
    void forget(Keyed request, Instant begun);
}
