package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.selfservice.Visitor.Answer;

/** Another system at the endpoints of a portal that runs in a process of its own, with a token of the demonstration's provider. */
final class Machine {
    private final Visitor portal;

    Machine(URI portal, URI identities, String scopes) {
        Answer token = new Visitor(identities)
                .with(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                "portal-api:portal-api-secret".getBytes(StandardCharsets.UTF_8)))
                .postBare("/oauth2/token", Map.of("grant_type", "client_credentials", "scope", scopes));
        this.portal = new Visitor(portal)
                .with(
                        "Authorization",
                        "Bearer " + token.json().get("access_token").asString())
                .with("Accept", "application/json");
    }

    /**
     * What must succeed.
     *
     * @param json with single quotes
     */
    Answer call(String method, String path, String json) {
        Answer answer = attempt(method, path, json);
        assertThat(answer.status() / 100)
                .as(method + " " + path + " " + answer.body())
                .isEqualTo(2);
        return answer;
    }

    /** What may fail; whoever asks looks at the status. */
    Answer attempt(String method, String path, String json) {
        return portal.send(method, "/api/v1" + path, json.replace('\'', '"'));
    }

    Answer read(String path) {
        return portal.get("/api/v1" + path);
    }

    /** The program that {@link Filer}s apply for, with a form of one text and one file. */
    void openLoad() {
        call("POST", "/forms", "{'code':'load','title':{'en':'Load'}}");
        call("PUT", "/forms/load/draft", """
                {'pages':[{'id':'about','title':{'en':'About'},'fields':[
                  {'id':'words','type':'TEXT','label':{'en':'Words'}},
                  {'id':'proof','type':'FILE','label':{'en':'Proof'},'required':false}]}]}""");
        call("POST", "/forms/load/versions", "");
        call("POST", "/programs", """
                {'code':'load','profile':{'referencePrefix':'LOAD','name':{'en':'Load'},'audience':{'en':'All'},
                  'benefit':{'en':'Help'},'description':{'en':'Help'},'afterwards':{'en':'Wait'},'dataUse':{'en':'We'},
                  'target':'INDIVIDUAL','currency':'KES','minutesToComplete':1,'decideWithinDays':5,'draftLifetimeDays':30,
                  'zone':'UTC'}}""");
        call("PUT", "/programs/load/form", "{'form':'load','version':1}");
        call("PUT", "/programs/load/policy", "{'kind':'ONE_OPEN'}");
        call("POST", "/programs/load/opening", "");
        Awaitility.await()
                .until(() ->
                        read("/programs/load").json().path("state").asString().equals("OPEN"));
    }
}
