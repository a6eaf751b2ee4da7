/** Enrolments: the programs that a person is in, what they are entitled to and what was paid. */
@NullMarked
package org.selfservice.web.enrolment;

import org.jspecify.annotations.NullMarked;
