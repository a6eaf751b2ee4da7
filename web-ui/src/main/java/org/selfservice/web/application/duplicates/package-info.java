/** Applications that may come from one person, side by side, and what staff find out about them. */
@NullMarked
package org.selfservice.web.application.duplicates;

import org.jspecify.annotations.NullMarked;
