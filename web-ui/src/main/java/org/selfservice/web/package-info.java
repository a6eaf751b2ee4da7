/** The only door: what pages and endpoints of every feature share. */
@NullMarked
package org.selfservice.web;

import org.jspecify.annotations.NullMarked;
