/** The words that every feature shares: messages, refusals, who acted, personal values, texts and money. */
@NullMarked
package org.selfservice.kernel;

import org.jspecify.annotations.NullMarked;
