/** What those who check the others may know: who was shown what is held about whom. */
@NullMarked
package org.selfservice.kernel.audit;

import org.jspecify.annotations.NullMarked;
