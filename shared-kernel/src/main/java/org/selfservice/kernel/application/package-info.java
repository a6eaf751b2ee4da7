/** Applications: one request of one person to one program, from draft to decision. */
@NullMarked
package org.selfservice.kernel.application;

import org.jspecify.annotations.NullMarked;
