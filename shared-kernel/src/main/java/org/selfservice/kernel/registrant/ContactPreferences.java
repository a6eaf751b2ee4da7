package org.selfservice.kernel.registrant;

/** @param language BCP 47 primary tag in which the person wants to be addressed */
public record ContactPreferences(Via via, String language) {
    public enum Via {
        NONE,
        EMAIL,
        SMS
    }
}
