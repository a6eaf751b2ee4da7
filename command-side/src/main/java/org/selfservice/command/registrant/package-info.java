/** Registrants: what is new about a person, what they agreed to, and their erasure. */
@NullMarked
package org.selfservice.command.registrant;

import org.jspecify.annotations.NullMarked;
