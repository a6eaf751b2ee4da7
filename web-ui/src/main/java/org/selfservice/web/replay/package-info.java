/** Replays: what one may do with the views themselves. */
@NullMarked
package org.selfservice.web.replay;

import org.jspecify.annotations.NullMarked;
