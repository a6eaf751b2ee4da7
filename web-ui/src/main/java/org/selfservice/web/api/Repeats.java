package org.selfservice.web.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.KeyedRequests;
import org.selfservice.kernel.KeyedRequests.Answer;
import org.selfservice.kernel.KeyedRequests.Keyed;
import org.selfservice.kernel.KeyedRequests.Known.Answered;
import org.selfservice.kernel.KeyedRequests.Known.First;
import org.selfservice.kernel.KeyedRequests.Known.Other;
import org.selfservice.kernel.KeyedRequests.Known.Running;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.web.Portal;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Does a request that changes something once, however often its sender repeats it with the same {@code Idempotency-Key}
 * (draft-ietf-httpapi-idempotency-key-header). It stands behind the security of the endpoints: whoever may not call one has
 * no keys. What failed, and what lost a race, may be tried again under its key; every other answer is final.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Repeats extends OncePerRequestFilter {
    static final String HEADER = "Idempotency-Key";
    /** Says that an answer is not new. */
    static final String REPEATED = "Idempotency-Replayed";

    static final int LONGEST = 255;

    /** A string (RFC 8941, section 3.3.3), or what many senders write instead: the same without its quotes. */
    private static final Pattern KEY = Pattern.compile(
            "\"[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}\"|[\\x21\\x23-\\x2B\\x2D-\\x5B\\x5D-\\x7E]{1,255}");

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final int MOST_BYTES = 4_000_000;
    private static final List<String> OF_THE_ANSWER =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ETAG, HttpHeaders.LOCATION);

    private final KeyedRequests requests;
    private final Portal portal;
    private final HandlerExceptionResolver failures;

    Repeats(
            KeyedRequests requests,
            Portal portal,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver failures) {
        this.requests = requests;
        this.portal = portal;
        this.failures = failures;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HEADER) == null
                || READING.contains(request.getMethod())
                || !request.getRequestURI().startsWith(request.getContextPath() + "/api/v1/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            byte[] body = body(request);
            Keyed keyed = new Keyed(caller(), key(request), content(request, body));
            switch (requests.begin(keyed)) {
                case First first -> once(keyed, first, new Buffered(request, body), response, chain);
                case Answered again -> repeat(again.answer(), response);
                case Running _ -> throw new Refused(RefusalCode.REQUEST_STILL_RUNNING);
                case Other _ -> throw new Refused(RefusalCode.IDEMPOTENCY_KEY_REUSED);
            }
        } catch (Refused | ResponseStatusException no) {
            failures.resolveException(request, response, null, no);
        }
    }

    private void once(
            Keyed keyed, First first, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper copied = new ContentCachingResponseWrapper(response);
        boolean isFinal = false;
        try {
            chain.doFilter(request, copied);
            Answer answer = answer(copied);
            isFinal = isFinal(answer) && !response.isCommitted();
            if (isFinal) {
                requests.keep(keyed, first.begun(), answer);
            }
        } finally {
            if (!isFinal) {
                requests.forget(keyed, first.begun());
            }
        }
        copied.copyBodyToResponse();
    }

    private static boolean isFinal(Answer answer) {
        return answer.status() < 500 && !answer.body().contains("\"" + RefusalCode.CHANGED_MEANWHILE + "\"");
    }

    private static Answer answer(ContentCachingResponseWrapper response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : OF_THE_ANSWER) {
            String value = name.equals(HttpHeaders.CONTENT_TYPE) ? response.getContentType() : response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new Answer(
                response.getStatus(), headers, new String(response.getContentAsByteArray(), StandardCharsets.UTF_8));
    }

    private static void repeat(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader(REPEATED, "true");
        response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    /** @throws Refused INVALID, detail {@code field} */
    private static String key(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(HEADER));
        String value = values.getFirst().strip();
        if (values.size() > 1 || !KEY.matcher(value).matches()) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", HEADER));
        }
        return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }

    private String caller() {
        Author author = portal.author();
        String issuer = author.evidence() == null ? "" : author.evidence().issuer();
        return String.join(" ", author.role().name(), issuer, author.actor());
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        return body;
    }

    private static String content(HttpServletRequest request, byte[] body) {
        return String.join(
                "\n",
                request.getMethod(),
                request.getRequestURI(),
                Objects.toString(request.getQueryString(), ""),
                String.join(",", Collections.list(request.getHeaders(HttpHeaders.IF_MATCH))),
                Objects.toString(request.getContentType(), ""),
                sha256(body));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** The request, whose body was read and can be read again. */
    private static final class Buffered extends HttpServletRequestWrapper {
        private final byte[] body;

        Buffered(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            ByteArrayInputStream bytes = new ByteArrayInputStream(body);
            return new ServletInputStream() {
                @Override
                public int read() {
                    return bytes.read();
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    return bytes.read(into, from, length);
                }

                @Override
                public boolean isFinished() {
                    return bytes.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("endpoints read as they are asked");
                }
            };
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
