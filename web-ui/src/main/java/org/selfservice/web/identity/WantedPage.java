package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Where a person wanted to go before they had to sign in. Only addresses of the portal's own pages, never another site's. */
final class WantedPage {
    /** The name of the parameter that carries it. */
    static final String PARAMETER = "to";

    static final String HOME = "/";
    private static final int LONGEST = 1000;
    private static final List<String> NO_PAGES =
            List.of("/sign-in", "/sign-out", "/staff/sign-in", "/login/", "/oauth2/", "/error", "/api/", "/assets/");

    private WantedPage() {}

    /** The address when it is one of ours, else home. */
    static String safe(@Nullable String address) {
        if (address == null
                || address.length() > LONGEST
                || !address.startsWith("/")
                || address.startsWith("//")
                || address.indexOf('\\') >= 0
                || address.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            return HOME;
        }
        try {
            URI parsed = URI.create(address);
            String path = parsed.normalize().getPath();
            boolean ours = !parsed.isAbsolute()
                    && parsed.getRawAuthority() == null
                    && path != null
                    && !parsed.getPath().contains("//")
                    && NO_PAGES.stream().noneMatch(path::startsWith);
            return ours ? address : HOME;
        } catch (IllegalArgumentException noAddress) {
            return HOME;
        }
    }

    /** The page of this request: itself when it can be asked for again, else the page from which a form was sent. */
    static String of(HttpServletRequest request) {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            String path =
                    request.getRequestURI().substring(request.getContextPath().length());
            return safe(request.getQueryString() == null ? path : path + "?" + request.getQueryString());
        }
        String referer = request.getHeader(HttpHeaders.REFERER);
        if (referer == null) {
            return HOME;
        }
        try {
            URI from = URI.create(referer);
            URI self = URI.create(request.getRequestURL().toString());
            boolean ours = String.valueOf(from.getRawAuthority()).equals(self.getRawAuthority())
                    && String.valueOf(from.getScheme()).equals(self.getScheme());
            return ours
                    ? safe(
                            from.getRawQuery() == null
                                    ? from.getRawPath()
                                    : from.getRawPath() + "?" + from.getRawQuery())
                    : HOME;
        } catch (IllegalArgumentException noAddress) {
            return HOME;
        }
    }

    /** An address of the portal with the wanted page as its parameter. */
    static String carriedBy(String path, String wanted) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        if (!wanted.equals(HOME)) {
            address.queryParam(PARAMETER, UriUtils.encode(wanted, java.nio.charset.StandardCharsets.UTF_8));
        }
        return address.build(true).toUriString();
    }
}
