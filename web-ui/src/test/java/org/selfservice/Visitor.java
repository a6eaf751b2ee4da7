package org.selfservice;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with a browser that has cookies and no JavaScript; sends exactly what it is told and follows redirections. */
public final class Visitor {
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]*)\".*?</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI home;
    private final Map<String, String> headers = new LinkedHashMap<>(Map.of("Accept", "text/html"));
    private String csrf = "";

    public Visitor(URI home) {
        this.home = home;
    }

    /** What came back in the end. */
    public record Answer(URI at, int status, HttpHeaders headers, String body, List<URI> by) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        public String path() {
            return at.getRawQuery() == null ? at.getRawPath() : at.getRawPath() + "?" + at.getRawQuery();
        }

        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        public Map<String, String> parameters() {
            return at.getRawQuery() == null
                    ? Map.of()
                    : Stream.of(at.getRawQuery().split("&"))
                            .map(pair -> (pair + "=").split("=", -1))
                            .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
        }
    }

    /** Sends this header with every request from now on; null for no longer. */
    public Visitor with(String header, String value) {
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        return this;
    }

    /** Opens an address and follows redirections, to the identity provider and back. */
    public Answer get(String address) {
        return follow(once(request(address).GET()));
    }

    /** Opens an address and shows where it leads instead of going there. */
    public Answer look(String address) {
        return once(request(address).GET());
    }

    /** Posts these fields as a form would, with the newest page's token against forgery. */
    public Answer post(String address, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>();
        if (!csrf.isEmpty()) {
            all.put("_csrf", csrf);
        }
        all.putAll(fields);
        return follow(once(posting(address, all)));
    }

    /** The same without a token and without following. */
    public Answer postBare(String address, Map<String, String> fields) {
        return once(posting(address, fields));
    }

    /** Sends the form with this action of a page, its hidden fields and these. */
    public Answer submit(Answer page, String action, Map<String, String> fields) {
        return submit(page, action, fields, "", List.of());
    }

    /** The same, without going where it leads once that is another server: that address is the answer. */
    public String submitAndStop(Answer page, String action, Map<String, String> fields) {
        Answer last = once(submission(page, action, fields, "", List.of()));
        while (true) {
            URI next = last.at().resolve(next(last).orElseThrow());
            if (!next.getAuthority().equals(page.at().getAuthority())) {
                return next.toString();
            }
            last = once(request(next.toString()).GET());
        }
    }

    /** The same, with a field that has several values. */
    public Answer submit(Answer page, String action, Map<String, String> fields, String name, List<String> values) {
        return follow(once(submission(page, action, fields, name, values)));
    }

    private HttpRequest.Builder submission(
            Answer page, String action, Map<String, String> fields, String name, List<String> values) {
        Matcher forms = FORM.matcher(page.body());
        while (forms.find()) {
            if (forms.group(1).startsWith(action)) {
                Map<String, String> all = new LinkedHashMap<>();
                HIDDEN.matcher(forms.group())
                        .results()
                        .forEach(hidden -> all.put(
                                hidden.group(1),
                                hidden.group(2).replace("&#39;", "'").replace("&amp;", "&")));
                all.putAll(fields);
                String several = values.stream()
                        .map(value -> "&" + encoded(name) + "=" + encoded(value))
                        .collect(Collectors.joining());
                String target =
                        page.at().resolve(forms.group(1).replace("&amp;", "&")).toString();
                return posting(target, form(all) + several);
            }
        }
        throw new AssertionError("no form " + action + " at " + page.at() + " in " + page.body());
    }

    /** Hands in files, by name, through a form whose token is in its address; each is a part named {@code files}. */
    public Answer postFiles(String address, Map<String, byte[]> files) {
        return follow(putFiles(address, files));
    }

    /** The same, without going where it leads. */
    public Answer putFiles(String address, Map<String, byte[]> files) {
        String boundary = "------portal-under-test";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        files.forEach((name, content) -> {
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name
                            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return once(request(address + "?_csrf=" + encoded(csrf))
                .setHeader("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    /** Sends JSON to an endpoint. */
    public Answer send(String method, String address, String json) {
        return once(request(address)
                .setHeader("Accept", "application/json")
                .setHeader("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer exchange(HttpRequest.Builder request) {
        return once(request);
    }

    public HttpRequest.Builder request(String address) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(home.resolve(address)).timeout(Duration.ofSeconds(30));
        headers.forEach(request::setHeader);
        return request;
    }

    public Optional<HttpCookie> cookie(String name) {
        return cookies.getCookieStore().get(home).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst();
    }

    public void forgetCookies() {
        cookies.getCookieStore().removeAll();
    }

    public CookieManager cookies() {
        return cookies;
    }

    public String csrf() {
        return csrf;
    }

    private HttpRequest.Builder posting(String address, Map<String, String> fields) {
        return posting(address, form(fields));
    }

    private HttpRequest.Builder posting(String address, String form) {
        return request(address)
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private Answer follow(Answer answer) {
        Answer last = answer;
        List<URI> by = new ArrayList<>();
        for (Optional<String> next = next(last); next.isPresent(); next = next(last)) {
            by.add(last.at());
            if (by.size() > 20) {
                throw new AssertionError("goes round in circles: " + by);
            }
            last = once(request(last.at().resolve(next.get()).toString()).GET());
        }
        return new Answer(last.at(), last.status(), last.headers(), last.body(), by);
    }

    /** Where an answer sends a browser at once. */
    private static Optional<String> next(Answer answer) {
        return answer.status() / 100 == 3
                ? answer.header("Location")
                : answer.header("Refresh").map(refresh -> refresh.replaceFirst("^0; url=", ""));
    }

    private Answer once(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.uri().getAuthority().equals(home.getAuthority())) {
                Matcher token = CSRF.matcher(response.body());
                if (token.find()) {
                    csrf = token.group(1);
                }
            }
            return new Answer(response.uri(), response.statusCode(), response.headers(), response.body(), List.of());
        } catch (IOException cannot) {
            throw new AssertionError(cannot);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
