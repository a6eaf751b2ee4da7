/** Enrolments as staff look for them. */
@NullMarked
package org.selfservice.query.enrolment;

import org.jspecify.annotations.NullMarked;
