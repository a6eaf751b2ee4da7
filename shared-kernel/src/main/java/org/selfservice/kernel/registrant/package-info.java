/** Registrants: who a person is, what is known about them and from where, what they agreed to. */
@NullMarked
package org.selfservice.kernel.registrant;

import org.jspecify.annotations.NullMarked;
