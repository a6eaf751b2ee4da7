/** Programs: what is offered and to whom, and when it may change. */
@NullMarked
package org.selfservice.command.program;

import org.jspecify.annotations.NullMarked;
