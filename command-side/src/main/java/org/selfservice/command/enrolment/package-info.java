/** Enrolments: entering, pausing and leaving a program, entitlements and payments. */
@NullMarked
package org.selfservice.command.enrolment;

import org.jspecify.annotations.NullMarked;
