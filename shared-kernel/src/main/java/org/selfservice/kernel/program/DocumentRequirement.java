package org.selfservice.kernel.program;

import org.selfservice.kernel.LocalizedText;

/**
 * A document that one will need, named before one begins.
 *
 * @param field the form's file question where it is handed in
 * @param mayBeOwed whether one may send the application without it and say why
 */
public record DocumentRequirement(String field, LocalizedText name, boolean mayBeOwed) {}
