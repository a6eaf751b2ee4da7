package org.selfservice.web.identity;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What others sent, before it goes into a log: a code or a name as it is, and of anything else nothing. */
final class Loggable {
    /** Long runs of digits are numbers of people. */
    private static final Pattern CODE = Pattern.compile("(?!.*\\d{4})[A-Za-z0-9_.:-]{1,60}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:=+/-]{1,100}");

    private Loggable() {}

    static String code(@Nullable String text) {
        return text != null && CODE.matcher(text).matches() ? text : "[something else]";
    }

    /** Of a key, for instance. */
    static String name(@Nullable String text) {
        return text == null ? "[none]" : NAME.matcher(text).matches() ? text : "[something else]";
    }
}
