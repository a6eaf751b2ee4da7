/** The launcher: one executable that is all of the portal or a part of it. */
@NullMarked
package org.selfservice;

import org.jspecify.annotations.NullMarked;
