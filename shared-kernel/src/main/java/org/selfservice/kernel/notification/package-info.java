/** Notifications: what people are told outside of the portal, and what became of each message. */
@NullMarked
package org.selfservice.kernel.notification;

import org.jspecify.annotations.NullMarked;
