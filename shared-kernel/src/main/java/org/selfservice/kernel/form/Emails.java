package org.selfservice.kernel.form;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * E-mail addresses: RFC 5321 section 4.1.2 with the letters of RFC 6531, without quoted local parts and address literals,
 * which are typing mistakes far more often than addresses.
 */
final class Emails {
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\P{ASCII}&&[^\\p{Z}\\p{C}]]+";
    private static final Pattern LOCAL = Pattern.compile(ATOM + "(\\." + ATOM + ")*+");
    private static final String LABEL = "[\\p{L}\\p{N}]([\\p{L}\\p{N}\\p{M}-]{0,61}[\\p{L}\\p{N}\\p{M}])?";
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.)+(?!\\d+$)" + LABEL);

    private Emails() {}

    static boolean isAddress(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || octets(text) > 254) {
            return false;
        }
        String local = text.substring(0, at);
        return octets(local) <= 64
                && LOCAL.matcher(local).matches()
                && DOMAIN.matcher(text.substring(at + 1)).matches();
    }

    /** The local part is the receiving server's own and may tell cases apart. */
    static String lowerDomain(String typed) {
        int at = typed.lastIndexOf('@');
        return at < 0 ? typed : typed.substring(0, at) + typed.substring(at).toLowerCase(Locale.ROOT);
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
