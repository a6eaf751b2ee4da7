/** Forms and their published versions. */
@NullMarked
package org.selfservice.query.form;

import org.jspecify.annotations.NullMarked;
