package org.selfservice.web.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.identity.StaffNames;
import org.selfservice.web.page.Sections;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** What a member of staff may open and do, and what they are called. In templates: {@code ${@staff.may('/staff/programs')}}. */
@Component("staff")
public class StaffSections implements Sections {
    private static final List<String> SECTIONS = List.of(
            "cases",
            "assist",
            "duplicates",
            "programs",
            "forms",
            "enrolments",
            "notifications",
            "history",
            "looks",
            "dashboard",
            "views");

    private final StaffNames names;

    StaffSections(StaffNames names) {
        this.names = names;
    }

    /** How colleagues know whoever has the login. */
    public String name(String login) {
        return names.of(login);
    }

    @Override
    public List<String> getSections() {
        return SECTIONS.stream()
                .filter(section -> allows(HttpMethod.GET, StaffHome.ADDRESS + "/" + section))
                .toList();
    }

    /** Whether whoever is signed in may press a button that posts to the address. */
    public boolean may(String address) {
        return allows(HttpMethod.POST, address);
    }

    private static boolean allows(HttpMethod method, String address) {
        Authentication user = user();
        List<String> allowed = List.of(Access.toPage(method, address).authorities());
        return user != null
                && user.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .anyMatch(allowed::contains);
    }

    private static @Nullable Authentication user() {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        return user != null && user.getPrincipal() instanceof PortalUser.Staff ? user : null;
    }
}
