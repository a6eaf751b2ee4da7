/** The queue of applications that were sent, and the case that each of them is to staff. */
@NullMarked
package org.selfservice.web.application.staff;

import org.jspecify.annotations.NullMarked;
