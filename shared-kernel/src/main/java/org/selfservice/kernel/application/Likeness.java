package org.selfservice.kernel.application;

/** What applications of two people may have in common, as evidence that they are one person's. */
public enum Likeness {
    NATIONAL_ID,
    FUNCTIONAL_ID,
    PHONE,
    EMAIL,
    BANK_ACCOUNT,
    NAME_AND_BIRTH_DATE
}
