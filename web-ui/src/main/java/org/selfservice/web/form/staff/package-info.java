/** How administrators build forms, and what other staff read of them. */
@NullMarked
package org.selfservice.web.form.staff;

import org.jspecify.annotations.NullMarked;
