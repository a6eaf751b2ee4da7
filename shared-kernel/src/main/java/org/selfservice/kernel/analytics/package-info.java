/** What analysts may ask: how many, how long and how much, never who. */
@NullMarked
package org.selfservice.kernel.analytics;

import org.jspecify.annotations.NullMarked;
