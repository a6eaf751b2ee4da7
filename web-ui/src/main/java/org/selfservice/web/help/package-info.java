/** What helps people who are stuck, and what the portal promises to people with disabilities. */
@NullMarked
package org.selfservice.web.help;

import org.jspecify.annotations.NullMarked;
