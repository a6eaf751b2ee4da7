package org.selfservice.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Expectation;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Versions of what endpoints show and change, as HTTP says them: an entity tag is the sequence number of the stream's last event
 * (RFC 9110, sections 8.8.3 and 13.1.1).
 */
public final class Versions {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E]{0,100})\"");
    private static final Pattern LIST =
            Pattern.compile("\\s*" + TAG.pattern() + "(?:\\s*,\\s*" + TAG.pattern() + ")*\\s*");
    private static final Pattern SEQUENCE = Pattern.compile("0|[1-9]\\d{0,17}");

    private Versions() {}

    public static String tag(long sequence) {
        return "\"" + sequence + "\"";
    }

    /**
     * What the current request's {@code If-Match} expects; null when there is none, or it is not to an endpoint.
     *
     * @throws Refused INVALID, detail {@code field}, when it is no list of entity tags
     */
    static @Nullable Expectation expected() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                && attributes.getRequest().getRequestURI().startsWith("/api/")) {
            List<String> lines = Collections.list(attributes.getRequest().getHeaders(HttpHeaders.IF_MATCH));
            return lines.isEmpty() ? null : read(String.join(", ", lines));
        }
        return null;
    }

    static Expectation read(String header) {
        if (header.strip().equals("*")) {
            return new Expectation(Set.of(), true);
        }
        if (!LIST.matcher(header).matches()) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", HttpHeaders.IF_MATCH));
        }
        // weak tags never match here (section 13.1.1), nor does what is no sequence number
        List<String> strong = new ArrayList<>();
        for (Matcher tag = TAG.matcher(header); tag.find(); ) {
            if (tag.group(1) == null && SEQUENCE.matcher(tag.group(2)).matches()) {
                strong.add(tag.group(2));
            }
        }
        return new Expectation(
                strong.stream().map(Long::valueOf).collect(Collectors.toCollection(HashSet::new)), false);
    }
}
