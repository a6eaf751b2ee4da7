package org.selfservice.web.api;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;

/** Requests to endpoints with headers of their own. */
final class Call {
    private Call() {}

    /** @param headers names and values in turn */
    static Answer call(Visitor caller, String method, String address, String json, String... headers) {
        HttpRequest.Builder request = caller.request(address)
                .setHeader("Accept", "application/json")
                .setHeader("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return caller.exchange(request);
    }

    static String code(Answer answer) {
        return answer.json().path("code").asString();
    }

    static String field(Answer answer) {
        return answer.json().at("/details/field").asString();
    }

    static String tag(Answer answer) {
        return answer.header("ETag").orElse("");
    }
}
