/** The staff's pages about messages that could not be sent. */
@NullMarked
package org.selfservice.web.notification.staff;

import org.jspecify.annotations.NullMarked;
