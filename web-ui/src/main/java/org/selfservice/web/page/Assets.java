package org.selfservice.web.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * Styles, scripts and the icon, compressed once at start. Their address holds a hash of all of them, so that browsers keep
 * them for a year and never ask again. In templates: {@code th:with="src=${@assets.path('portal.js')}" th:src="${src}"}.
 *
 * <p>Every {@code assets/*.css} of the class path becomes part of {@code portal.css}, in the order of the names, after
 * GOV.UK Frontend; other files there are served under their own name.
 */
@Controller("assets")
public class Assets {
    private static final String FONTS =
            "font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"Noto Sans Arabic\",\"Helvetica Neue\",Arial,sans-serif";
    private static final Pattern BLOCK = Pattern.compile("[^{}]*+\\{[^{}]*+}");
    private static final Map<String, MediaType> TYPES = Map.of(
            "css", new MediaType("text", "css", StandardCharsets.UTF_8),
            "js", new MediaType("text", "javascript", StandardCharsets.UTF_8),
            "svg", MediaType.parseMediaType("image/svg+xml"));

    private final Map<String, Asset> assets = new TreeMap<>();
    private final String contextPath;
    private final String version;

    private record Asset(MediaType type, byte[] plain, byte[] compressed) {}

    Assets(@Value("${server.servlet.context-path:}") String contextPath) {
        this.contextPath = contextPath;
        StringBuilder css = new StringBuilder(
                withSystemFonts(text(library("govuk-frontend", "dist/govuk/govuk-frontend.min.css"))));
        for (Resource own : own()) {
            if (String.valueOf(own.getFilename()).endsWith(".css")) {
                css.append(text(own).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("\\s+", " "));
            } else {
                add(String.valueOf(own.getFilename()), bytes(own));
            }
        }
        add("portal.css", css.toString().getBytes(StandardCharsets.UTF_8));
        add("portal-rtl.css", Mirror.of(css.toString()).getBytes(StandardCharsets.UTF_8));
        add("govuk-frontend.js", withoutSourceMap(text(library("govuk-frontend", "dist/govuk/govuk-frontend.min.js"))));
        add("htmx.js", bytes(library("htmx.org", "dist/htmx.min.js")));
        version = hash();
    }

    /** The address of an asset, context path included. */
    public String path(String name) {
        if (!assets.containsKey(name)) {
            throw new IllegalArgumentException("no asset " + name);
        }
        return contextPath + "/assets/" + version + "/" + name;
    }

    @GetMapping("/assets/{version}/{name}")
    ResponseEntity<byte[]> asset(
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.ACCEPT_ENCODING, defaultValue = "") String accepted) {
        Asset asset = assets.get(name);
        if (asset == null) {
            return ResponseEntity.status(HttpStatus.NOT_FOUND).build();
        }
        boolean compress = accepted.contains("gzip");
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(asset.type())
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline")
                .varyBy(HttpHeaders.ACCEPT_ENCODING);
        if (compress) {
            answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return answer.body(compress ? asset.compressed() : asset.plain());
    }

    /** No font is downloaded: the phone's own are good enough and cost nothing. */
    static String withSystemFonts(String css) {
        return css.replace("@charset \"UTF-8\";", "")
                .replaceAll("@font-face\\{[^}]*}", "")
                .transform(Assets::withoutCrest)
                .replace("font-family:GDS Transport,arial,sans-serif", FONTS)
                .replaceAll("/\\*#.*?\\*/", "");
    }

    private static String withoutCrest(String css) {
        return BLOCK.matcher(css)
                .replaceAll(block ->
                        block.group().contains("govuk-crest.svg") ? "" : Matcher.quoteReplacement(block.group()));
    }

    private static byte[] withoutSourceMap(String script) {
        return script.replaceAll("(?m)^?//# sourceMappingURL=.*$", "").getBytes(StandardCharsets.UTF_8);
    }

    private void add(String name, byte[] content) {
        MediaType type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("no media type for " + name);
        }
        assets.put(name, new Asset(type, content, gzip(content)));
    }

    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            assets.values().forEach(asset -> digest.update(asset.plain()));
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Resource[] own() {
        Resource[] found = find("classpath*:assets/*.*");
        Arrays.sort(found, Comparator.comparing(resource -> String.valueOf(resource.getFilename())));
        return found;
    }

    private static Resource library(String name, String path) {
        Resource[] found = find("classpath*:META-INF/resources/webjars/" + name + "/*/" + path);
        if (found.length == 0) {
            throw new IllegalStateException(name + " is not on the class path");
        }
        return found[0];
    }

    private static Resource[] find(String pattern) {
        try {
            return new PathMatchingResourcePatternResolver().getResources(pattern);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Resource resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Resource resource) {
        try {
            return resource.getContentAsByteArray();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new BestGzip(out)) {
            zip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
