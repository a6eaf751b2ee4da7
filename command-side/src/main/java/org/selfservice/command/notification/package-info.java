/** Notifications: what people are told about what happens to their applications and enrolments. */
@NullMarked
package org.selfservice.command.notification;

import org.jspecify.annotations.NullMarked;
