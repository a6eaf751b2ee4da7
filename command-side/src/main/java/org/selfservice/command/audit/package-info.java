/** What those who check the others find events by. */
@NullMarked
package org.selfservice.command.audit;

import org.jspecify.annotations.NullMarked;
