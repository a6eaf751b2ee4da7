/** Questions on a page: fields turned into inputs, posted parameters turned into answers, answers turned into text. */
@NullMarked
package org.selfservice.web.form;

import org.jspecify.annotations.NullMarked;
