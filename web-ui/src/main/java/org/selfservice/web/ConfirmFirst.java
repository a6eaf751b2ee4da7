package org.selfservice.web;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.springframework.web.util.UriUtils;

/** Where somebody confirms that it is them, when their login does not suffice for what they wanted to do. */
public final class ConfirmFirst {
    public static final String ADDRESS = "/confirm";

    private ConfirmFirst() {}

    /**
     * The view to show instead of a refusal.
     *
     * @param back the page on which they go on
     * @throws Refused itself, when it is for another reason
     */
    public static String instead(Refused no, String back) {
        if (no.code() != RefusalCode.AUTHENTICATION_TOO_WEAK && no.code() != RefusalCode.AUTHENTICATION_TOO_OLD) {
            throw no;
        }
        String minutes =
                no.code() == RefusalCode.AUTHENTICATION_TOO_OLD ? no.details().get("minutes") : null;
        Assurance assurance = Assurance.valueOf(no.details().getOrDefault("assurance", Assurance.BASIC.name()));
        return "redirect:" + address(assurance, minutes, back);
    }

    public static String address(Assurance assurance, @Nullable String minutes, String back) {
        return ADDRESS + "?assurance=" + assurance + (minutes == null ? "" : "&minutes=" + minutes) + "&to="
                + UriUtils.encode(back, StandardCharsets.UTF_8);
    }
}
