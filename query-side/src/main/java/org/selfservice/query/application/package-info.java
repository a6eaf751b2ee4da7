/** Applications: everything about one case in one document. */
@NullMarked
package org.selfservice.query.application;

import org.jspecify.annotations.NullMarked;
