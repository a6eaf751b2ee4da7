/** Documents: receiving, checking, keeping and showing the evidence that people hand in. */
@NullMarked
package org.selfservice.web.document;

import org.jspecify.annotations.NullMarked;
