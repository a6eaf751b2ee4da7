/** Documents: the evidence that a person hands in with an application. */
@NullMarked
package org.selfservice.kernel.document;

import org.jspecify.annotations.NullMarked;
