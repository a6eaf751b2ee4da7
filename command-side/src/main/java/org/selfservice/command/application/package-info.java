/** Applications: beginning, saving, sending, answering and deciding. */
@NullMarked
package org.selfservice.command.application;

import org.jspecify.annotations.NullMarked;
