package org.selfservice.kernel.identity;

/** The key of a login: OpenID Connect Core 1.0, section 5.7. Never e-mail, phone or ID number. */
public record Login(String issuer, String subject) {
    @Override
    public String toString() {
        return "[personal]";
    }
}
