/** An OpenID Connect provider with invented people, for demonstrations, development and tests. */
@NullMarked
package org.selfservice.idp;

import org.jspecify.annotations.NullMarked;
