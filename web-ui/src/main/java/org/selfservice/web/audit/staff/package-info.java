/** The auditors' pages. */
@NullMarked
package org.selfservice.web.audit.staff;

import org.jspecify.annotations.NullMarked;
