package org.selfservice.idp;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** What needs no sign-in: the front page, the demo phone, and keys that clients registered by value. */
@Controller
class OtherPages {
    private final Settings settings;
    private final OneTimeCodes codes;

    OtherPages(Settings settings, OneTimeCodes codes) {
        this.settings = settings;
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

    /** The authorization server reads clients' keys from an address only: this is it for keys given by value. */
    @GetMapping(path = "/clients/{id}/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    String keys(@PathVariable("id") String id) {
        return settings.clients().stream()
                .filter(client -> client.id.equals(id) && client.publicKeys != null)
                .map(client -> client.publicKeys)
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
