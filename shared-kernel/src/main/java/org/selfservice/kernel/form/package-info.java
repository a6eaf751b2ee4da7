/** Forms: the questions of a program, their versions, and which answers they allow. */
@NullMarked
package org.selfservice.kernel.form;

import org.jspecify.annotations.NullMarked;
