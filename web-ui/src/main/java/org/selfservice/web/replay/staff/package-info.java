/** The staff's pages about views and their replays. */
@NullMarked
package org.selfservice.web.replay.staff;

import org.jspecify.annotations.NullMarked;
