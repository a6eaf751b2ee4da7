package org.selfservice.web.identity;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where staff begin: the sections that their roles open. */
@Controller
class StaffHome {
    static final String ADDRESS = "/staff";

    @GetMapping(ADDRESS)
    String home() {
        return "identity/staff-home";
    }
}
