/** The dossier: everything that any program holds about a person in one document. */
@NullMarked
package org.selfservice.query.registrant;

import org.jspecify.annotations.NullMarked;
