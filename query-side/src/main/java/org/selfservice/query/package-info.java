/** The projection runtime: views folded from events in batches, guarded, parked when they fail, rebuilt beside the live ones. */
@NullMarked
package org.selfservice.query;

import org.jspecify.annotations.NullMarked;
