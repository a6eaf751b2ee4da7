package org.selfservice.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** What a browser without JavaScript does: cookies, redirects, compression, forms with what is filled in already. */
final class Browser {
    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input\\b([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w:-]+)(?:=\"([^\"]*)\")?");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();

    /** @param wire bytes of the last answer as they were sent: status line, headers and body */
    record Page(URI at, int status, String text, long wire) {
        List<Map<String, String>> tags(String name) {
            return Pattern.compile("<" + name + "\\b([^>]*)>")
                    .matcher(text)
                    .results()
                    .map(tag -> attributes(tag.group(1)))
                    .toList();
        }

        Page expect(String path) {
            if (status != 200 || !at.getPath().matches(path)) {
                throw new IllegalStateException("expected " + path + ", came to " + status + " " + at.getPath());
            }
            return this;
        }
    }

    Page open(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address));
    }

    /** Sends the form whose action ends so, with its hidden fields and these. */
    Page submit(Page page, String action, Map<String, String> typed) throws IOException, InterruptedException {
        for (MatchResult form : FORM.matcher(page.text()).results().toList()) {
            String target =
                    attributes(form.group(1)).getOrDefault("action", page.at().toString());
            if (!target.endsWith(action)) {
                continue;
            }
            List<String> fields = new ArrayList<>();
            for (MatchResult input : INPUT.matcher(form.group(2)).results().toList()) {
                Map<String, String> attributes = attributes(input.group(1));
                boolean sent = switch (attributes.getOrDefault("type", "text")) {
                    case "hidden" -> true;
                    case "checkbox", "radio" -> attributes.containsKey("checked");
                    default -> !typed.containsKey(attributes.get("name"));
                };
                if (sent && attributes.containsKey("name")) {
                    fields.add(field(attributes.get("name"), attributes.getOrDefault("value", "")));
                }
            }
            typed.forEach((name, value) -> fields.add(field(name, value)));
            return send(HttpRequest.newBuilder(page.at().resolve(target))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(String.join("&", fields))));
        }
        throw new IllegalStateException("no form " + action + " at " + page.at() + "\n" + page.text());
    }

    private Page send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.header("Accept-Encoding", "gzip")
                .header("Accept-Language", "en")
                .header("Accept", "text/html,*/*;q=0.8")
                .build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 == 3) {
            return open(request.uri()
                    .resolve(response.headers().firstValue("Location").orElseThrow()));
        }
        return new Page(request.uri(), response.statusCode(), text(response), wire(response));
    }

    private static String text(HttpResponse<byte[]> response) throws IOException {
        byte[] body = response.body();
        if (response.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static long wire(HttpResponse<byte[]> response) {
        long headers = response.headers().map().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + ": " + value + "\r\n"))
                .mapToLong(String::length)
                .sum();
        return "HTTP/1.1 200 \r\n\r\n".length() + headers + response.body().length;
    }

    private static Map<String, String> attributes(String tag) {
        Map<String, String> attributes = new HashMap<>();
        ATTRIBUTE
                .matcher(tag)
                .results()
                .forEach(one -> attributes.put(one.group(1), one.group(2) == null ? "" : plain(one.group(2))));
        return attributes;
    }

    private static String plain(String html) {
        return html.replace("&#39;", "'")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static String field(String name, String value) {
        return List.of(name, value).stream()
                .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
                .collect(Collectors.joining("="));
    }
}
