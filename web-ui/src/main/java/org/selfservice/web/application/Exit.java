package org.selfservice.web.application;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * By which button a page of questions was left. Whichever it is, what is there is saved first.
 *
 * @param kind {@code continue}, {@code back}, {@code later}, {@code lang}, {@code sign-out}, {@code stop}, {@code documents}, {@code row},
 *     {@code remove} or {@code page}
 * @param field what {@code documents}, {@code row}, {@code remove} and {@code page} are about
 */
record Exit(String kind, String field, int row) {

    static Exit of(MultiValueMap<String, String> posted) {
        if (posted.containsKey("lang")) {
            return new Exit("lang", "", 0);
        }
        if ("sign-out".equals(posted.getFirst("leave"))) {
            return new Exit("sign-out", "", 0);
        }
        if ("stop".equals(posted.getFirst("leave"))) {
            return new Exit("stop", "", 0);
        }
        String[] parts = String.valueOf(posted.getFirst("exit")).split(":", 3);
        return switch (parts[0]) {
            case "back", "later", "another" -> new Exit(parts[0], "", 0);
            case "documents", "page" -> parts.length == 2 ? new Exit(parts[0], parts[1], 0) : carryOn();
            case "row", "remove" ->
                parts.length == 3 && number(parts[2]) != null
                        ? new Exit(parts[0], parts[1], number(parts[2]))
                        : carryOn();
            default -> carryOn();
        };
    }

    boolean isContinue() {
        return kind.equals("continue");
    }

    private static Exit carryOn() {
        return new Exit("continue", "", 0);
    }

    private static @Nullable Integer number(String text) {
        return text.matches("\\d{1,3}") ? Integer.valueOf(text) : null;
    }
}
