/** Identity: logins, and the pseudonyms under which streams are kept. */
@NullMarked
package org.selfservice.kernel.identity;

import org.jspecify.annotations.NullMarked;
