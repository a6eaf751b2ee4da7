package org.selfservice.web.program.staff;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramProfile.Target;
import org.selfservice.web.page.Typed;

/** A profile as the controls of a form, and back. */
final class ProfileForm {
    private static final List<String> TEXTS =
            List.of("name", "audience", "benefit", "description", "afterwards", "dataUse");

    private ProfileForm() {}

    /** What a new program begins with. */
    static void fill(Typed typed, String zone) {
        typed.put("target", Target.INDIVIDUAL);
        typed.put("minutesToComplete", 15);
        typed.put("decideWithinDays", 30);
        typed.put("draftLifetimeDays", 90);
        typed.put("zone", zone);
    }

    static void fill(Typed typed, ProgramProfile profile) {
        typed.put("referencePrefix", profile.referencePrefix());
        profile.texts().forEach(typed::put);
        typed.put("target", profile.target());
        typed.put("currency", profile.currency());
        date(typed, "opensOn", profile.opensOn());
        date(typed, "closesOn", profile.closesOn());
        date(typed, "reopensOn", profile.reopensOn());
        typed.put("minutesToComplete", profile.minutesToComplete());
        typed.put("decideWithinDays", profile.decideWithinDays());
        typed.put("draftLifetimeDays", profile.draftLifetimeDays());
        typed.put("zone", profile.zone());
    }

    /** @param before null for a new program */
    static ProgramProfile read(Typed typed, @Nullable ProgramProfile before, Desk desk) {
        String prefix = typed.word("referencePrefix").toUpperCase(Locale.ROOT);
        String currency = typed.word("currency").toUpperCase(Locale.ROOT);
        String zone = typed.word("zone");
        refuse(typed, desk, "referencePrefix", !prefix.matches("[A-Z]{2,5}"));
        refuse(typed, desk, "currency", !isCurrency(currency));
        LocalDate opensOn = date(typed, "opensOn", desk);
        LocalDate closesOn = date(typed, "closesOn", desk);
        if (opensOn != null && closesOn != null && closesOn.isBefore(opensOn)) {
            typed.wrong("closesOn", desk.text("programs.wrong.window"));
        }
        LocalDate reopensOn = date(typed, "reopensOn", desk);
        int minutes = number(typed, "minutesToComplete", 0, desk);
        int decide = number(typed, "decideWithinDays", 1, desk);
        int lifetime = number(typed, "draftLifetimeDays", 1, desk);
        refuse(typed, desk, "zone", !isZone(zone));
        return new ProgramProfile(
                prefix,
                text(typed, 0, before),
                text(typed, 1, before),
                text(typed, 2, before),
                text(typed, 3, before),
                text(typed, 4, before),
                text(typed, 5, before),
                typed.is("target", Target.HOUSEHOLD.name()) ? Target.HOUSEHOLD : Target.INDIVIDUAL,
                currency,
                opensOn,
                closesOn,
                reopensOn,
                minutes,
                decide,
                lifetime,
                zone);
    }

    /** The control that a refusal's field is about. */
    static String control(String field) {
        if (field.isEmpty() || field.equals("ProgramCode")) {
            return "code";
        }
        return TEXTS.contains(field) ? field + ".en" : field;
    }

    private static LocalizedText text(Typed typed, int which, @Nullable ProgramProfile before) {
        String name = TEXTS.get(which);
        return typed.text(
                name, before == null ? LocalizedText.EMPTY : before.texts().getOrDefault(name, LocalizedText.EMPTY));
    }

    private static void date(Typed typed, String name, @Nullable LocalDate date) {
        typed.put(name + ".day", date == null ? null : date.getDayOfMonth());
        typed.put(name + ".month", date == null ? null : date.getMonthValue());
        typed.put(name + ".year", date == null ? null : date.getYear());
    }

    private static @Nullable LocalDate date(Typed typed, String name, Desk desk) {
        String day = typed.word(name + ".day");
        String month = typed.word(name + ".month");
        String year = typed.word(name + ".year");
        if ((day + month + year).isEmpty()) {
            return null;
        }
        try {
            return LocalDate.of(year(year), Integer.parseInt(month), Integer.parseInt(day));
        } catch (NumberFormatException | DateTimeException noDate) {
            typed.wrong(name, desk.text("programs.wrong.date"));
            return null;
        }
    }

    /** Two digits may mean any century. */
    private static int year(String year) {
        if (year.length() != 4) {
            throw new DateTimeException("not a year of four digits");
        }
        return Integer.parseInt(year);
    }

    static int number(Typed typed, String name, int least, Desk desk) {
        try {
            int number = Integer.parseInt(typed.value(name).replaceAll("\\s", ""));
            refuse(typed, desk, name, number < least);
            return number;
        } catch (NumberFormatException noNumber) {
            refuse(typed, desk, name, true);
            return least;
        }
    }

    private static void refuse(Typed typed, Desk desk, String name, boolean wrong) {
        if (wrong) {
            typed.wrong(name, desk.text("programs.wrong." + name));
        }
    }

    private static boolean isCurrency(String code) {
        return Currency.getAvailableCurrencies().stream()
                .anyMatch(currency -> currency.getCurrencyCode().equals(code));
    }

    private static boolean isZone(String zone) {
        try {
            ZoneId.of(zone);
            return true;
        } catch (DateTimeException none) {
            return false;
        }
    }
}
