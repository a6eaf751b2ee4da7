package org.selfservice.web.page;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.StoreWatch.Ability;
import org.selfservice.web.Outage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriUtils;

/** What the layout shows around each page. In templates: {@code ${@site.brand}}. */
@Component("site")
@EnableConfigurationProperties(Site.Settings.class)
public class Site {
    private final Settings settings;
    private final MessageSource messages;
    private final ObjectProvider<Sections> sections;
    private final ObjectProvider<Company> company;

    Site(
            Settings settings,
            MessageSource messages,
            ObjectProvider<Sections> sections,
            ObjectProvider<Company> company) {
        this.settings = settings;
        this.messages = messages;
        this.sections = sections;
        this.company = company;
    }

    /** @param brand name of the portal by language; the portal's own name where one is missing */
    @ConfigurationProperties("portal")
    record Settings(@DefaultValue Brand brand, @DefaultValue Help help) {
        record Brand(@DefaultValue Map<String, String> name) {}

        /** Null where the agency has none. */
        record Help(@Nullable String phone, @Nullable String email) {}
    }

    /** One language of the switch. */
    public record Choice(String tag, String ownName, boolean current, String href) {}

    public String getBrand() {
        String name = settings.brand().name().get(getLanguage().tag());
        return name == null ? messages.getMessage("brand.name", null, locale()) : name;
    }

    public Language getLanguage() {
        return Language.of(locale()).orElse(Language.ENGLISH);
    }

    public @Nullable String getPhone() {
        return settings.help().phone();
    }

    public @Nullable String getEmail() {
        return settings.help().email();
    }

    /** As a {@code tel:} link. */
    public String getPhoneLink() {
        return "tel:" + String.valueOf(settings.help().phone()).replaceAll("[^0-9+]", "");
    }

    /** The same page in each language: links that are relative to the page and keep its query. */
    public List<Choice> getLanguages() {
        String query = otherParameters();
        return Arrays.stream(Language.values())
                .map(language -> new Choice(
                        language.tag(),
                        language.ownName(),
                        language == getLanguage(),
                        "?" + query + Languages.PARAMETER + "=" + language.tag()))
                .toList();
    }

    public boolean isSignedIn() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                && authentication.isAuthenticated()
                && !(authentication instanceof AnonymousAuthenticationToken);
    }

    /** Whether nobody can sign in for the moment: that recognises, decides and shows. */
    public boolean isAway() {
        return !missing().isEmpty();
    }

    /** What to say of it; null when nothing is missing, and on the page that is about nothing else. */
    public @Nullable String getOutage() {
        Set<Ability> missing = missing();
        if (missing.isEmpty() || request().getAttribute(RequestDispatcher.ERROR_STATUS_CODE) != null) {
            return null;
        }
        return "layout.outage."
                + (missing.contains(Ability.RECOGNISE)
                        ? "unknown"
                        : missing.contains(Ability.SHOW) ? "unseen" : "unsaid");
    }

    private static Set<Ability> missing() {
        return Outage.missing(request());
    }

    /** What staff may open; empty for everybody else. */
    public List<String> getSections() {
        return sections.stream().flatMap(one -> one.getSections().stream()).toList();
    }

    /** For whom whoever is signed in acts now; null for nobody. */
    public Company.@Nullable Person getPerson() {
        return company.stream()
                .map(Company::getPerson)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether the page is the section's first page or below it. */
    public boolean within(String section) {
        String path = path();
        return switch (section) {
            case "/" -> path.equals("/") || path.startsWith("/programs");
            case "/staff" -> path.equals(section);
            default -> path.equals(section) || path.startsWith(section + "/");
        };
    }

    private static String path() {
        HttpServletRequest request = request();
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = failed == null ? request.getRequestURI() : failed.toString();
        return path.substring(request.getContextPath().length());
    }

    private static String otherParameters() {
        HttpServletRequest request = request();
        if (!"GET".equals(request.getMethod())) {
            return "";
        }
        return request.getParameterMap().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals(Languages.PARAMETER))
                .flatMap(parameter -> Arrays.stream(parameter.getValue())
                        .map(value -> encode(parameter.getKey()) + "=" + encode(value) + "&"))
                .collect(Collectors.joining());
    }

    private static String encode(String text) {
        return UriUtils.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
