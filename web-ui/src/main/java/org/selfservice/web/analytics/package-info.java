/** What analysts look at: figures without people. */
@NullMarked
package org.selfservice.web.analytics;

import org.jspecify.annotations.NullMarked;
