/** What the portal holds about a person, as that person sees it, and what they may do about it. */
@NullMarked
package org.selfservice.web.registrant;

import org.jspecify.annotations.NullMarked;
