/** Forms: drafts, published versions that never change, retirement. */
@NullMarked
package org.selfservice.command.form;

import org.jspecify.annotations.NullMarked;
