/** What those who check the others may ask about the past: what an event changed, and how something was at any time. */
@NullMarked
package org.selfservice.query.audit;

import org.jspecify.annotations.NullMarked;
