package org.selfservice.web.application;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Portal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What was posted when the session had ended, or by somebody who has to confirm first that it is them. It waits in the
 * session, encrypted with the application's or the person's key, until its person has signed in again; then the page shows it
 * to be sent once more. Nothing is saved by itself, since nobody knows yet who posted it.
 */
@Component
public class KeptAnswers {
    private static final Pattern PAGE =
            Pattern.compile("/applications/(a-[A-Za-z0-9_-]{20,60})(/pages/[A-Za-z0-9_/-]{1,120})");
    private static final String ATTRIBUTE = "kept-answers";
    private static final Duration KEPT = Duration.ofMinutes(30);
    /** Of all that is posted, encoded, in characters. */
    private static final int MOST = 300_000;

    private final Portal portal;
    private final ObjectProvider<Keys> keys;
    private final Clock clock;

    KeptAnswers(Portal portal, ObjectProvider<Keys> keys, Clock clock) {
        this.portal = portal;
        this.keys = keys;
        this.clock = clock;
    }

    private record Kept(String scope, String path, byte[] cipher, Instant until) implements Serializable {}

    /**
     * Keeps what the request posts, when it is a page of questions of a draft that exists.
     *
     * @return the page's address, to come back to after signing in; null when nothing was kept
     */
    public @Nullable String keep(HttpServletRequest request) {
        Matcher page = PAGE.matcher(
                request.getRequestURI().substring(request.getContextPath().length()));
        if (!"POST".equals(request.getMethod())
                || isFromAnotherSite(request)
                || !page.matches()
                || page.group(2).endsWith("/remove")) {
            return null;
        }
        ApplicationId application = new ApplicationId(page.group(1));
        boolean isKept = portal.ask(new FindApplication(application)).state() == ApplicationState.DRAFT
                && keep(application.value(), page.group(2), request);
        return isKept ? page.group() : null;
    }

    /** Keeps what the request posts about the person, for the page of that path. */
    public void keep(RegistrantId who, String path) {
        keep(who.value(), path, request());
    }

    private boolean keep(String scope, String path, HttpServletRequest request) {
        StringBuilder pairs = new StringBuilder();
        for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
            if (!parameter.getKey().equals("_csrf")) {
                for (String value : parameter.getValue()) {
                    pairs.append(pairs.isEmpty() ? "" : "&")
                            .append(encode(parameter.getKey()))
                            .append('=')
                            .append(encode(value));
                }
            }
        }
        if (pairs.length() > MOST) {
            return false;
        }
        byte[] plain = pairs.toString().getBytes(StandardCharsets.UTF_8);
        request.getSession()
                .setAttribute(
                        ATTRIBUTE,
                        new Kept(
                                scope,
                                path,
                                keys.getObject().encrypt(scope, plain, ATTRIBUTE),
                                clock.instant().plus(KEPT)));
        return true;
    }

    /** What was kept for the page, once; null when there is nothing. The caller has made sure whose application it is. */
    @Nullable
    MultiValueMap<String, String> take(ApplicationId application, String path) {
        return take(application.value(), path);
    }

    /** The same, for a page about the person. */
    public @Nullable MultiValueMap<String, String> take(RegistrantId who, String path) {
        return take(who.value(), path);
    }

    private @Nullable MultiValueMap<String, String> take(String scope, String path) {
        HttpSession session = request().getSession(false);
        if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof Kept kept)) {
            return null;
        }
        if (clock.instant().isAfter(kept.until())) {
            session.removeAttribute(ATTRIBUTE);
            return null;
        }
        if (!scope.equals(kept.scope()) || !kept.path().equals(path)) {
            return null;
        }
        session.removeAttribute(ATTRIBUTE);
        byte[] plain = keys.getObject().decrypt(scope, kept.cipher(), ATTRIBUTE);
        if (plain == null) {
            return null;
        }
        MultiValueMap<String, String> typed = new LinkedMultiValueMap<>();
        for (String pair : new String(plain, StandardCharsets.UTF_8).split("&")) {
            List<String> parts = List.of(pair.split("=", 2));
            typed.add(decode(parts.getFirst()), parts.size() == 2 ? decode(parts.getLast()) : "");
        }
        return typed;
    }

    /** By the browser's word (W3C Fetch Metadata): nobody else fills in a person's form. */
    private static boolean isFromAnotherSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }
}
