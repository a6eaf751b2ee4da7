package org.selfservice.web.page;

import java.io.Serializable;

/**
 * One line of the error summary. A page whose model attribute {@code errors} holds a list of these begins its title with
 * "Error:". One that waits for the next page is kept with the session.
 *
 * @param href where the line leads: {@code #} and the id of the first control that the person must mend
 * @param text the same words that stand at the control
 */
public record PageError(String href, String text) implements Serializable {}
