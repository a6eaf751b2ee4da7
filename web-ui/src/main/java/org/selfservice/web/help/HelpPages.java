package org.selfservice.web.help;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Pages of text. */
@Controller
class HelpPages {

    @GetMapping("/help")
    String help() {
        return "help/help";
    }

    @GetMapping("/accessibility")
    String accessibility() {
        return "help/accessibility";
    }
}
