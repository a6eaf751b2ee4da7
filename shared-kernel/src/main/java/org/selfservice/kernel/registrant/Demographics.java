package org.selfservice.kernel.registrant;

import java.util.List;

/** The attributes that the portal keeps about a person; names are the OpenID Connect Core 1.0 section 5.1 claims where one exists. */
public final class Demographics {
    public static final String NAME = "name";
    public static final String GIVEN_NAME = "given_name";
    public static final String FAMILY_NAME = "family_name";
    public static final String BIRTHDATE = "birthdate";
    public static final String GENDER = "gender";
    public static final String PHONE_NUMBER = "phone_number";
    public static final String EMAIL = "email";
    public static final String ADDRESS = "address";
    /** The foundational ID number; an attribute, never a key. */
    public static final String NATIONAL_ID = "individual_id";
    /** A functional ID. */
    public static final String FARMER_ID = "farmer_id";

    public static final String BANK_ACCOUNT = "bank_account";
    public static final String HOUSEHOLD_SIZE = "household_size";

    /** In the order in which pages show them. */
    public static final List<String> ALL = List.of(
            NAME,
            GIVEN_NAME,
            FAMILY_NAME,
            BIRTHDATE,
            GENDER,
            PHONE_NUMBER,
            EMAIL,
            ADDRESS,
            NATIONAL_ID,
            FARMER_ID,
            BANK_ACCOUNT,
            HOUSEHOLD_SIZE);

    /** What a person may change by hand; ID numbers come from an identity provider alone. */
    public static final List<String> CHANGEABLE = List.of(
            NAME,
            GIVEN_NAME,
            FAMILY_NAME,
            BIRTHDATE,
            GENDER,
            PHONE_NUMBER,
            EMAIL,
            ADDRESS,
            BANK_ACCOUNT,
            HOUSEHOLD_SIZE);

    private Demographics() {}
}
