package org.selfservice.idp;

import java.util.List;

/** Which ID a client's users sign in with, and what that ID system knows about them, in the order of the consent page. */
public enum IdSystem {
    /** The foundational ID: every resident has one. */
    NATIONAL(
            "individual_id",
            "name",
            "given_name",
            "family_name",
            "birthdate",
            "gender",
            "phone_number",
            "email",
            "address",
            "picture"),
    /** A functional ID: only registered farmers have one. */
    FARMER("farmer_id", "name", "region", "farm_size"),
    /** Accounts of a program's staff: user name and password, no consent page. */
    STAFF("preferred_username", "name", "roles"),
    /** No person at all: bearer tokens for another system. */
    MACHINE;

    private final List<String> claims;

    IdSystem(String... claims) {
        this.claims = List.of(claims);
    }

    List<String> claims() {
        return claims;
    }

    /** The claim that holds the number that people type at sign-in. */
    String idClaim() {
        return claims.getFirst();
    }
}
