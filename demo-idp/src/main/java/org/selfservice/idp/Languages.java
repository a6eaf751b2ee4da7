package org.selfservice.idp;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.util.WebUtils;

/** The language chosen by link ({@code lang}), else the one chosen before, else the browser's, else English. */
final class Languages extends AcceptHeaderLocaleResolver {
    private static final String COOKIE = "DEMOIDP_LANG";
    private static final List<Locale> OFFERED = List.of(Locale.ENGLISH, Locale.FRENCH, Locale.of("ar"));

    Languages() {
        setSupportedLocales(OFFERED);
        setDefaultLocale(Locale.ENGLISH);
    }

    /** The first of these that the pages exist in, from a parameter such as {@code ui_locales}. */
    static Optional<Locale> offered(String tags) {
        return List.of(tags.strip().split("[ ,]+")).stream()
                .map(tag -> Locale.of(Locale.forLanguageTag(tag).getLanguage()))
                .filter(OFFERED::contains)
                .findFirst();
    }

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        String link = request.getParameter("lang");
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return Optional.ofNullable(link)
                .flatMap(Languages::offered)
                .or(() -> Optional.ofNullable(cookie).map(Cookie::getValue).flatMap(Languages::offered))
                .orElseGet(() -> super.resolveLocale(request));
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        if (response == null || locale == null) return;
        offered(locale.toLanguageTag()).ifPresent(offered -> {
            Cookie cookie = new Cookie(COOKIE, offered.getLanguage());
            cookie.setPath("/");
            cookie.setHttpOnly(true);
            cookie.setAttribute("SameSite", "Lax");
            response.addCookie(cookie);
        });
    }
}
