package org.selfservice.kernel.form;

import org.selfservice.kernel.LocalizedText;

/** @param value what is stored: 1 to 40 lower-case letters, digits, hyphens and underscores */
public record Option(String value, LocalizedText label) {}
