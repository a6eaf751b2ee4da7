/** Applying: the task list, the questions, checking, sending and the receipt; and following what became of it. */
@NullMarked
package org.selfservice.web.application;

import org.jspecify.annotations.NullMarked;
