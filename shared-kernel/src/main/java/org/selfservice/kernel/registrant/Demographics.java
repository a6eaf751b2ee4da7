package org.selfservice.kernel.registrant;

import java.time.LocalDate;
import java.util.List;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;

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

    /** Where messages, letters and money go. */
    public static final List<String> CONTACT = List.of(PHONE_NUMBER, EMAIL, ADDRESS, BANK_ACCOUNT);

    /** What groups of people share. */
    private static final List<String> SHARED = List.of(GENDER, HOUSEHOLD_SIZE);

    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1890, 1, 1);

    private Demographics() {}

    /** Whether the value says who somebody is, alone or with little else. */
    public static boolean identifies(String attribute) {
        return !SHARED.contains(attribute);
    }

    /**
     * The question that asks for the attribute, without a label: what a person types about themselves is judged as the
     * same answer in a form is.
     */
    public static Field question(String attribute) {
        return switch (attribute) {
            case BIRTHDATE -> ask(attribute, FieldType.DATE, Constraints.past(EARLIEST_BIRTH));
            case PHONE_NUMBER -> ask(attribute, FieldType.PHONE, Constraints.NONE);
            case EMAIL -> ask(attribute, FieldType.EMAIL, Constraints.NONE);
            case ADDRESS -> ask(attribute, FieldType.ADDRESS, Constraints.NONE);
            case HOUSEHOLD_SIZE -> ask(attribute, FieldType.NUMBER, Constraints.range(1, 100, 0));
            case GENDER -> ask(attribute, FieldType.TEXT, Constraints.length(1, 40));
            case BANK_ACCOUNT -> ask(attribute, FieldType.TEXT, Constraints.length(4, 40));
            default -> ask(attribute, FieldType.TEXT, Constraints.length(1, 200));
        };
    }

    private static Field ask(String attribute, FieldType type, Constraints constraints) {
        return Field.of(attribute, type, LocalizedText.EMPTY).within(constraints);
    }
}
