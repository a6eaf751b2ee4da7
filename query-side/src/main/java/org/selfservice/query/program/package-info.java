/** Programs as people and staff see them. */
@NullMarked
package org.selfservice.query.program;

import org.jspecify.annotations.NullMarked;
