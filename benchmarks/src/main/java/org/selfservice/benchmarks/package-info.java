/** Measures what the portal promises: commands, views, pages, starts and sizes. */
@NullMarked
package org.selfservice.benchmarks;

import org.jspecify.annotations.NullMarked;
