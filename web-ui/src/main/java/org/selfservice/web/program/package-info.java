/** The catalogue, a program's page, whether one can get it, and where one stands with it. */
@NullMarked
package org.selfservice.web.program;

import org.jspecify.annotations.NullMarked;
