package org.selfservice.idp;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A browser of somebody: cookies, redirects within the provider, forms by their action. */
final class Browser {
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\".*?</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final URI issuer;

    Browser(URI issuer) {
        this.issuer = issuer;
    }

    /** Where the browser ended: a page of the provider, or the client's address, which it does not open. */
    record Page(URI at, int status, String text) {
        Map<String, String> parameters() {
            return Stream.of(at.getRawQuery().split("&"))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
        }
    }

    Page open(String address) {
        return send(HttpRequest.newBuilder(issuer.resolve(address)).build());
    }

    /** Sends the page's form with this action, its hidden fields and these. */
    Page submit(Page page, String action, Map<String, String> fields) {
        Matcher forms = FORM.matcher(page.text());
        while (forms.find()) {
            if (!forms.group(1).equals(action)) continue;
            Map<String, String> all = new LinkedHashMap<>();
            HIDDEN.matcher(forms.group()).results().forEach(field -> all.put(field.group(1), field.group(2)));
            all.putAll(fields);
            return post(action, form(all), request -> request);
        }
        throw new AssertionError("No form " + action + " in " + page.text());
    }

    Page post(String address, String form, UnaryOperator<HttpRequest.Builder> more) {
        return send(more.apply(HttpRequest.newBuilder(issuer.resolve(address)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    Page get(String address, String bearer) {
        return send(HttpRequest.newBuilder(issuer.resolve(address))
                .header("Authorization", "Bearer " + bearer)
                .build());
    }

    Page get(String address, String header, String value) {
        return send(HttpRequest.newBuilder(issuer.resolve(address))
                .header(header, value)
                .build());
    }

    Page get(String address, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(issuer.resolve(address));
        headers.forEach(request::header);
        return send(request.build());
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private Page send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 == 3) {
                URI next = request.uri()
                        .resolve(response.headers().firstValue("Location").orElseThrow());
                return next.getAuthority().equals(issuer.getAuthority())
                        ? open(next.toString())
                        : new Page(next, response.statusCode(), "");
            }
            return new Page(request.uri(), response.statusCode(), response.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
