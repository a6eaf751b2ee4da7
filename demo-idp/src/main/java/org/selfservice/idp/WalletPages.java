package org.selfservice.idp;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The demonstration's wallet: what a phone shows that has read a QR code. */
@Controller
class WalletPages {
    private final WalletLinks links;

    WalletPages(WalletLinks links) {
        this.links = links;
    }

    @GetMapping("/link")
    String open(@RequestParam(name = "code", defaultValue = "") String code, Model model) {
        return links.find(code)
                .map(signIn -> {
                    model.addAttribute("code", code);
                    model.addAttribute("client", signIn.clientName());
                    model.addAttribute("people", Directory.DEMO.people(signIn.system()));
                    return "link";
                })
                .orElse("over");
    }

    @PostMapping("/link")
    String approve(@RequestParam("code") String code, @RequestParam("holder") String holder) {
        boolean approved = Directory.DEMO
                .person(IdSystem.NATIONAL, holder)
                .filter(person -> links.approve(code, person))
                .isPresent();
        return approved ? "approved" : "over";
    }
}
