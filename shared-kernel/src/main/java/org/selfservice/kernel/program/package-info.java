/** Programs: what is offered, to whom, when, under which rules. */
@NullMarked
package org.selfservice.kernel.program;

import org.jspecify.annotations.NullMarked;
