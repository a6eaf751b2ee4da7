package org.selfservice.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name under which an event is stored, for ever: moving or renaming the class does not touch history. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventName {
    String value();

    /** Raised when the stored form changes in a way that older code could not read. */
    int revision() default 1;
}
