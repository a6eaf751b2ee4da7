/** Replays: views folded anew from every event, beside those that answer. */
@NullMarked
package org.selfservice.kernel.replay;

import org.jspecify.annotations.NullMarked;
