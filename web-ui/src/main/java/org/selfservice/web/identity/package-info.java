/** Sign-in with an ID that a government or a program issued, through any OpenID Connect provider; sessions and who may do what. */
@NullMarked
package org.selfservice.web.identity;

import org.jspecify.annotations.NullMarked;
