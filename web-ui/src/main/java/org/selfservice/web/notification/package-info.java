/** Notifications: what is written to people, in their language, and how it reaches them. */
@NullMarked
package org.selfservice.web.notification;

import org.jspecify.annotations.NullMarked;
