package org.selfservice.web.registrant;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.registrant.ContactPreferences;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantCommand.SetContactPreferences;
import org.selfservice.kernel.registrant.RegistrantCommand.WithdrawConsent;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.Delegation;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Help;
import org.selfservice.web.ConfirmFirst;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.application.KeptAnswers;
import org.selfservice.web.notification.Channels;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** My information: every value that any program holds about the person, where it came from and who received it. */
@Controller
class MyInformation {
    private static final String CONTACT = "/me#contact";
    private static final List<String> LANGUAGES = List.of("en", "fr", "ar");

    private final Portal portal;
    private final Channels channels;
    private final KeptAnswers kept;

    MyInformation(Portal portal, Channels channels, KeptAnswers kept) {
        this.portal = portal;
        this.channels = channels;
        this.kept = kept;
    }

    /**
     * One attribute with all that was ever said about it.
     *
     * @param current one value per source, newest first
     * @param earlier what each source said before
     * @param conflict whether the sources do not agree now
     */
    record Known(
            String attribute,
            boolean changeable,
            List<DemographicValue> current,
            List<DemographicValue> earlier,
            boolean conflict) {

        static Known of(String attribute, List<DemographicValue> values) {
            List<DemographicValue> current =
                    values.stream().filter(DemographicValue::current).toList();
            List<Answer> said = current.stream()
                    .map(DemographicValue::value)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            return new Known(
                    attribute,
                    Demographics.CHANGEABLE.contains(attribute),
                    current,
                    values.stream().filter(value -> !value.current()).toList(),
                    said.size() > 1);
        }
    }

    @GetMapping("/me")
    String show(SignedIn who, Model model) {
        Dossier dossier = portal.ask(new FindDossier(who.registrant()));
        model.addAttribute("inPerson", who.isInPerson());
        model.addAttribute("help", help(dossier));
        model.addAttribute("dossier", dossier);
        model.addAttribute("known", known(dossier));
        model.addAttribute("missing", missing(dossier));
        model.addAttribute("programs", programNames());
        model.addAttribute("references", references(dossier));
        model.addAttribute("languages", LANGUAGES);
        model.addAttribute("offered", channels.offered());
        model.addAttribute("ways", ways(dossier));
        MultiValueMap<String, String> typed = kept.take(who.registrant(), CONTACT);
        ContactPreferences contact = dossier.contact();
        model.addAttribute(
                "via",
                typed != null
                        ? typed.getFirst("via")
                        : contact == null ? null : contact.via().name());
        model.addAttribute(
                "language", typed != null ? typed.getFirst("language") : contact == null ? null : contact.language());
        return "registrant/me";
    }

    @PostMapping("/me/consents/{consent}/withdraw")
    String withdraw(SignedIn who, @PathVariable String consent) {
        await(who, portal.send(new WithdrawConsent(who.registrant(), consent)).sequence());
        return "redirect:/me#consents";
    }

    @PostMapping("/me/contact")
    String contact(SignedIn who, @RequestParam Via via, @RequestParam String language) {
        String known = LANGUAGES.contains(language) ? language : who.language();
        try {
            await(
                    who,
                    portal.send(new SetContactPreferences(who.registrant(), new ContactPreferences(via, known)))
                            .sequence());
        } catch (Refused no) {
            String next = ConfirmFirst.instead(no, CONTACT);
            kept.keep(who.registrant(), CONTACT);
            return next;
        }
        return "redirect:" + CONTACT;
    }

    /** What can be chosen: no messages, what is set up, and what was chosen before. */
    private List<Via> ways(Dossier dossier) {
        Via chosen = dossier.contact() == null ? Via.NONE : dossier.contact().via();
        return Arrays.stream(Via.values())
                .filter(via ->
                        via == Via.NONE || via == chosen || channels.offered().contains(via))
                .toList();
    }

    private void await(SignedIn who, long sequence) {
        portal.ask(
                new FindDossier(who.registrant()),
                dossier -> dossier.hasSeen(who.registrant().value(), sequence));
    }

    private static List<Known> known(Dossier dossier) {
        return Demographics.ALL.stream()
                .filter(dossier.demographics()::containsKey)
                .map(attribute -> Known.of(attribute, dossier.demographics().get(attribute)))
                .toList();
    }

    /** @param name of an officer, or what the person last called a delegate; null when it is not known any more */
    record Helped(@Nullable String name, boolean officer, Help what) {}

    /** Newest first. */
    private static List<Helped> help(Dossier dossier) {
        return dossier.help().reversed().stream()
                .map(help -> new Helped(
                        help.role() == Author.Role.OFFICER
                                ? Objects.requireNonNullElse(help.staff(), help.actor())
                                : dossier.delegations().reversed().stream()
                                        .filter(one -> one.delegate() != null
                                                && one.delegate().value().equals(help.actor()))
                                        .map(Delegation::name)
                                        .filter(Objects::nonNull)
                                        .findFirst()
                                        .orElse(null),
                        help.role() == Author.Role.OFFICER,
                        help))
                .toList();
    }

    /** What one could add. */
    private static List<String> missing(Dossier dossier) {
        return Demographics.CHANGEABLE.stream()
                .filter(attribute -> !dossier.demographics().containsKey(attribute))
                .toList();
    }

    private Map<String, @Nullable LocalizedText> programNames() {
        Map<String, @Nullable LocalizedText> names = new TreeMap<>();
        portal.ask(new FindPrograms(false)).programs().stream()
                .filter(program -> program.profile() != null)
                .forEach(program ->
                        names.put(program.code().value(), program.profile().name()));
        return names;
    }

    private static Map<String, String> references(Dossier dossier) {
        return dossier.applications().stream()
                .collect(Collectors.toMap(one -> one.id().value(), ApplicationSummary::reference));
    }
}
