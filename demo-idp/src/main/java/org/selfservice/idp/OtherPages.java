package org.selfservice.idp;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What needs no sign-in: the front page and the demo phone. */
@Controller
class OtherPages {
    private final OneTimeCodes codes;

    OtherPages(OneTimeCodes codes) {
        this.codes = codes;
    }

    @GetMapping("/")
    String home() {
        return "home";
    }

    @GetMapping("/phone")
    String phone(Model model) {
        model.addAttribute("messages", codes.messages());
        return "phone";
    }
}
