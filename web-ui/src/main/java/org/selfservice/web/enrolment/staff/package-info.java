/** What staff do with enrolments: enter people, pause, resume, end, grant, and record what was paid. */
@NullMarked
package org.selfservice.web.enrolment.staff;

import org.jspecify.annotations.NullMarked;
