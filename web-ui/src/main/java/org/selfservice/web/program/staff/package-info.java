/** What administrators do with programs, and what other staff read about them. */
@NullMarked
package org.selfservice.web.program.staff;

import org.jspecify.annotations.NullMarked;
