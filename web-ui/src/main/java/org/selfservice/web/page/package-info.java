/** What every page shares: layout, languages, formats of dates and amounts, styles and scripts. */
@NullMarked
package org.selfservice.web.page;

import org.jspecify.annotations.NullMarked;
