/** Facts without direct identifiers, for analysts. */
@NullMarked
package org.selfservice.query.analytics;

import org.jspecify.annotations.NullMarked;
