/** Enrolments: being in a program, what one is entitled to and what was paid. */
@NullMarked
package org.selfservice.kernel.enrolment;

import org.jspecify.annotations.NullMarked;
