/** Programs to try the portal with: created at the first start, as an administrator would create them. */
@NullMarked
package org.selfservice.web.demo;

import org.jspecify.annotations.NullMarked;
