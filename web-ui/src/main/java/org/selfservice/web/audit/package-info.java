/** What happened, as pages and endpoints for those who check the others tell it. */
@NullMarked
package org.selfservice.web.audit;

import org.jspecify.annotations.NullMarked;
