package org.selfservice.idp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** From the ID number over the code to the consent, and back to the client. */
@Controller
class SignInPages {
    private final Settings settings;
    private final OneTimeCodes codes;
    private final Answers answers;
    private final WalletLinks wallets;
    private final Map<String, Agreed> agreements = new ConcurrentHashMap<>();

    /** What somebody agreed to before. */
    private record Agreed(String terms, Set<String> ticked) {}

    SignInPages(Settings settings, OneTimeCodes codes, Answers answers, WalletLinks wallets) {
        this.settings = settings;
        this.codes = codes;
        this.answers = answers;
        this.wallets = wallets;
    }

    @ModelAttribute("signIn")
    SignIn signIn(@RequestParam(name = "signIn", required = false) @Nullable String id, HttpServletRequest request) {
        SignIn signIn = SignIn.find(request.getSession(false), id).orElseThrow(SignInIsOver::new);
        if (signIn.isTooLate(settings.clock().instant())) {
            signIn.forget(request.getSession());
            throw new TooLate(signIn);
        }
        return signIn;
    }

    @GetMapping("/login")
    String login(@ModelAttribute(name = "signIn", binding = false) SignIn signIn, Model model) {
        if (signIn.client.system == IdSystem.STAFF) return to("/staff", signIn);
        if (signIn.wished() == Factor.WALLET && signIn.client.has(Trait.QR_CODE)) return to("/wallet", signIn);
        model.addAttribute("people", Directory.DEMO.people(signIn.client.system));
        return "login";
    }

    @PostMapping("/way")
    String choose(@ModelAttribute(name = "signIn", binding = false) SignIn signIn, @RequestParam("way") Factor way) {
        signIn.choose(way);
        return to("/login", signIn);
    }

    @PostMapping("/login")
    String identify(
            @ModelAttribute(name = "signIn", binding = false) SignIn signIn,
            @RequestParam(name = "individual_id", defaultValue = "") String individualId,
            @RequestParam(name = "example", required = false) @Nullable String example,
            Model model) {
        String typed = example != null ? example : individualId;
        model.addAttribute("typed", typed);
        Optional<Person> person = Directory.DEMO.person(signIn.client.system, typed);
        if (person.isEmpty()) return loginAgain(signIn, model, typed.isBlank() ? "login.empty" : "login.unknown");
        signIn.typed(typed);
        if (signIn.wished() != Factor.ONE_TIME_CODE) {
            signIn.claimedBy(person.get());
            return to("/device", signIn);
        }
        return codes.send(signIn, person.get()) ? to("/code", signIn) : loginAgain(signIn, model, "code.toomany");
    }

    @GetMapping("/device")
    String device(@ModelAttribute(name = "signIn", binding = false) SignIn signIn) {
        return signIn.person().isEmpty() ? to("/login", signIn) : "device";
    }

    /** Stands for a fingerprint reader or a wallet, for clients that may ask for one. */
    @PostMapping("/device")
    String pretend(@ModelAttribute(name = "signIn", binding = false) SignIn signIn, HttpServletRequest request) {
        boolean device = signIn.wished() != Factor.ONE_TIME_CODE
                && !(signIn.wished() == Factor.WALLET && signIn.client.has(Trait.QR_CODE));
        if (signIn.person().isEmpty() || !device) return to("/login", signIn);
        signIn.proven(signIn.wished(), settings.clock().instant());
        request.changeSessionId();
        return to("/consent", signIn);
    }

    /** The other screen of a wallet: it looks for itself whether the wallet has approved. */
    @GetMapping("/wallet")
    String wallet(
            @ModelAttribute(name = "signIn", binding = false) SignIn signIn, HttpServletRequest request, Model model) {
        if (signIn.provenPerson().isPresent()) {
            request.changeSessionId();
            return to("/consent", signIn);
        }
        if (signIn.wished() != Factor.WALLET || !signIn.client.has(Trait.QR_CODE)) return to("/login", signIn);
        Optional<String> link = wallets.link(signIn);
        if (link.isEmpty()) return cancel(signIn, request.getSession());
        model.addAttribute("link", link.get());
        model.addAttribute("picture", WalletLinks.picture(link.get()));
        return "wallet";
    }

    @GetMapping("/code")
    String code(
            @ModelAttribute(name = "signIn", binding = false) SignIn signIn,
            @RequestParam(name = "again", required = false) @Nullable String again,
            Model model) {
        model.addAttribute("again", again != null);
        if (signIn.person().isEmpty()) return to("/login", signIn);
        model.addAttribute("contact", hint(signIn.person().get()));
        return "code";
    }

    @PostMapping("/code")
    String check(
            @ModelAttribute(name = "signIn", binding = false) SignIn signIn,
            @RequestParam(name = "code", defaultValue = "") String typed,
            HttpServletRequest request,
            Model model) {
        if (signIn.person().isEmpty()) return to("/login", signIn);
        OneTimeCodes.Check check = codes.check(signIn, signIn.person().get(), typed);
        if (check == OneTimeCodes.Check.RIGHT) {
            request.changeSessionId();
            return to("/consent", signIn);
        }
        model.addAttribute("problem", "code." + check.name().toLowerCase(Locale.ROOT));
        return code(signIn, null, model);
    }

    @PostMapping("/code/resend")
    String resend(@ModelAttribute(name = "signIn", binding = false) SignIn signIn, Model model) {
        if (signIn.person().isEmpty() || !signIn.mayHaveCode()) return to("/login", signIn);
        if (codes.send(signIn, signIn.person().get())) return to("/code", signIn) + "&again";
        model.addAttribute("problem", "code.toomany");
        return code(signIn, null, model);
    }

    @GetMapping("/consent")
    String consent(@ModelAttribute(name = "signIn", binding = false) SignIn signIn, Model model) {
        Optional<Person> person = signIn.provenPerson();
        if (person.isEmpty()) return to("/login", signIn);
        List<Consent.Offer> offers = Consent.offers(signIn, person.get());
        if (offers.isEmpty()) return share(signIn, person.get(), Set.of());
        Agreed before = agreements.get(agreement(signIn, person.get()));
        if (before != null
                && before.terms().equals(Consent.terms(signIn.request))
                && !signIn.request.parameter("prompt").contains("consent"))
            return share(signIn, person.get(), before.ticked());
        model.addAttribute("offers", offers);
        return "consent";
    }

    @PostMapping("/consent")
    String decide(
            @ModelAttribute(name = "signIn", binding = false) SignIn signIn,
            @RequestParam(name = "claims", required = false) @Nullable Set<String> ticked,
            @RequestParam("decision") String decision,
            HttpSession session) {
        Optional<Person> person = signIn.provenPerson();
        if (person.isEmpty()) return to("/login", signIn);
        if (!decision.equals("allow")) return cancel(signIn, session);
        Set<String> agreed = ticked == null ? Set.of() : ticked;
        if (signIn.client.has(Trait.CONSENT_REMEMBERED))
            agreements.put(agreement(signIn, person.get()), new Agreed(Consent.terms(signIn.request), agreed));
        return share(signIn, person.get(), agreed);
    }

    @PostMapping("/cancel")
    String cancel(@ModelAttribute(name = "signIn", binding = false) SignIn signIn, HttpSession session) {
        signIn.forget(session);
        return "redirect:" + answers.refusal(signIn.client, signIn.request, "access_denied");
    }

    @GetMapping("/staff")
    String staff(@ModelAttribute(name = "signIn", binding = false) SignIn signIn, Model model) {
        if (signIn.client.system != IdSystem.STAFF) return to("/login", signIn);
        model.addAttribute("staff", Directory.DEMO.staff());
        return "staff";
    }

    @PostMapping("/staff")
    String password(
            @ModelAttribute(name = "signIn", binding = false) SignIn signIn,
            @RequestParam(name = "username", defaultValue = "") String username,
            @RequestParam(name = "password", defaultValue = "") String password,
            HttpServletRequest request,
            Model model) {
        Optional<Staff> found = Directory.DEMO.staff(username);
        boolean paused = found.isPresent() && codes.paused(found.get().username());
        if (signIn.client.system != IdSystem.STAFF) return to("/login", signIn);
        if (found.isEmpty() || paused || !equal(found.get().password(), password)) {
            found.filter(one -> !paused).ifPresent(one -> codes.wrong(one.username()));
            model.addAttribute("problem", paused ? "staff.paused" : "staff.wrong");
            model.addAttribute("typed", username);
            return staff(signIn, model);
        }
        request.changeSessionId();
        Staff staff = found.get();
        Map<String, Object> shared = new LinkedHashMap<>();
        shared.put("preferred_username", staff.username());
        shared.put("name", staff.name());
        shared.put("roles", staff.roles());
        if (staff.individualId() != null) shared.put("individual_id", staff.individualId());
        return finish(signIn, staff.username(), Factor.PASSWORD, shared, staff.roles());
    }

    @ExceptionHandler(SignInIsOver.class)
    @ResponseStatus(HttpStatus.GONE)
    String over() {
        return "over";
    }

    @ExceptionHandler
    String tooLate(TooLate late) {
        return "redirect:" + answers.refusal(late.signIn.client, late.signIn.request, "transaction_timeout");
    }

    private static String agreement(SignIn signIn, Person person) {
        return signIn.client.id + "|" + person.individualId();
    }

    private String loginAgain(SignIn signIn, Model model, String error) {
        model.addAttribute("problem", error);
        return login(signIn, model);
    }

    private String share(SignIn signIn, Person person, Set<String> ticked) {
        Map<String, Object> shared = Consent.shared(signIn, person, ticked);
        return finish(signIn, person.individualId(), signIn.factor(), shared, List.of());
    }

    private String finish(
            SignIn signIn, String account, Factor factor, Map<String, Object> shared, List<String> roles) {
        Identity identity = new Identity(subject(signIn.client, account), factor, shared, roles);
        signIn.done(identity.since(settings.clock().instant()));
        return "redirect:" + signIn.resume();
    }

    /** Pairwise: stable for the clients of one sector and one ID system, unrelated to that of any other. */
    private String subject(Client client, String account) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(settings.subjectSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String about = client.sector + "|" + client.system + "|" + account;
            return HexFormat.of().formatHex(mac.doFinal(about.getBytes(StandardCharsets.UTF_8)), 0, 20);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String to(String page, SignIn signIn) {
        return "redirect:" + page + "?signIn=" + signIn.id;
    }

    /** The last two digits of a phone number, the first letter of an e-mail address. */
    private static String hint(Person person) {
        String contact = person.contact();
        int at = contact.indexOf('@');
        return at < 0 ? contact.substring(contact.length() - 2) : contact.charAt(0) + "…" + contact.substring(at);
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static final class SignInIsOver extends RuntimeException {}

    private static final class TooLate extends RuntimeException {
        private final transient SignIn signIn;

        TooLate(SignIn signIn) {
            this.signIn = signIn;
        }
    }
}
