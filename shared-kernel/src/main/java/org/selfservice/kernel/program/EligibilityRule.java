package org.selfservice.kernel.program;

import org.selfservice.kernel.LocalizedText;

/**
 * One rule of eligibility, in the Common Expression Language over {@code answers} (by field id), {@code person} (by
 * demographic attribute) and {@code today} (ISO date); {@code age(date)} gives full years today.
 *
 * @param id stable, lower-case letters, digits and hyphens; named in the trace of every submission
 * @param message what a person reads when the rule says no
 * @param hard whether it prevents sending; a soft rule is only recorded
 */
public record EligibilityRule(String id, String expression, LocalizedText message, boolean hard) {}
