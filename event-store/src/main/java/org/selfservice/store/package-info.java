/** Where events live: their stored form, the encryption of what is personal in them, the keys, and the engine. */
@NullMarked
package org.selfservice.store;

import org.jspecify.annotations.NullMarked;
