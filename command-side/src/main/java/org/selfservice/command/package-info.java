/** The rules: what the portal grants and refuses. */
@NullMarked
package org.selfservice.command;

import org.jspecify.annotations.NullMarked;
