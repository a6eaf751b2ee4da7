package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.selfservice.PdfText;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Page;
import org.springframework.web.util.HtmlUtils;

/** What people do who apply, over HTTP as a browser without scripts does it. */
abstract class Applicants extends PortalUnderTest {
    /** Two pages: fast to fill in. */
    static final FormDefinition SHORT = new FormDefinition(List.of(
                    page(
                            "you",
                            Field.of("name", FieldType.TEXT, LocalizedText.en("Name"))
                                    .within(Constraints.length(2, 200)),
                            Field.of("age", FieldType.NUMBER, LocalizedText.en("Age"))),
                    page(
                            "more",
                            Field.of("works", FieldType.YES_NO, LocalizedText.en("Do you work?")),
                            Field.of("employer", FieldType.TEXT, LocalizedText.en("Where?"))
                                    .when(Condition.is("works", "yes")))))
            .in("KE");

    static void fillIn(Visitor person, String base, String name) {
        save(person, base, "you", Map.of("answer.name", name, "answer.age", "33"));
        save(person, base, "more", Map.of("answer.works", "no"));
    }

    static Visitor.Answer send(Visitor person, String base) {
        return submit(person, person.get(base + "/check"), base + "/check", Map.of("declaration", "2026-11"));
    }

    static Visitor.Answer begin(Visitor person, String code) {
        person.get("/programs/" + code);
        return person.post("/programs/" + code + "/applications", Map.of());
    }

    static void save(Visitor person, String base, String page, Map<String, String> typed) {
        save(person, base, page, person.get(base + "/pages/" + page), typed);
    }

    static void save(Visitor person, String base, String page, Visitor.Answer shown, Map<String, String> typed) {
        Map<String, String> all = new LinkedHashMap<>(typed);
        all.put("exit", "continue");
        Visitor.Answer next = submit(person, shown, base + "/pages/" + page, all);
        assertThat(next.status()).as(page + ": " + next.body()).isEqualTo(200);
    }

    static Visitor.Answer continueFrom(Visitor person, String base, String page, Map<String, String> typed) {
        Map<String, String> all = new LinkedHashMap<>(typed);
        all.put("exit", "continue");
        return submit(person, person.get(base + "/pages/" + page), base + "/pages/" + page, all);
    }

    /** Sends the page's form with everything hidden in it, and goes where it leads. */
    static Visitor.Answer submit(Visitor person, Visitor.Answer page, String action, Map<String, String> fields) {
        Visitor.Answer answer = look(person, page, action, fields);
        return answer.status() / 100 == 3 ? person.get(answer.header("Location").orElseThrow()) : answer;
    }

    static Visitor.Answer look(Visitor person, Visitor.Answer page, String action, Map<String, String> fields) {
        Matcher form = Pattern.compile("<form[^>]*action=\"" + Pattern.quote(action) + "\".*?</form>", Pattern.DOTALL)
                .matcher(page.body());
        assertThat(form.find()).as("a form " + action + " in " + page.body()).isTrue();
        String hidden = Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
                .matcher(form.group())
                .results()
                .map(input -> encode(input.group(1)) + "=" + encode(HtmlUtils.htmlUnescape(input.group(2))))
                .collect(Collectors.joining("&"));
        String typed = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return person.exchange(person.request(action)
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(hidden + "&" + typed)));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String receipt(Visitor person, String base) throws IOException {
        return PdfText.of(person, base + "/receipt.pdf");
    }

    static String base(Visitor.Answer answer) {
        return answer.at().getPath().replaceAll("^(/applications/[^/]+).*", "$1");
    }

    static ApplicationFile file(String base) {
        return ask(new FindApplication(new ApplicationId(base.substring("/applications/".length()))));
    }

    static FormDefinition without(String page) {
        Predicate<Page> kept = one -> !one.id().equals(page);
        return new FormDefinition(SampleForm.FORM.pages().stream().filter(kept).toList()).in("KE");
    }

    static Page page(String id, Field... fields) {
        return new Page(id, LocalizedText.en(id), LocalizedText.EMPTY, null, List.of(fields));
    }
}
