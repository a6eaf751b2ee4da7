/** The REST API under {@code /api/v1}: what staff and other systems do with programs, forms, cases and enrolments. */
@NullMarked
package org.selfservice.web.api;

import org.jspecify.annotations.NullMarked;
