package org.selfservice.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;

/**
 * An aggregate whose state may be stored, so that a long history need not be read again. All of it is stored encrypted
 * with one scope's key. Its fields are what is stored: they are not final, static and transient ones are left out, and there
 * is a constructor without parameters. State that is not in the aggregate itself is in records. When the fields or the
 * portal's types in them change, older snapshots are passed over by themselves.
 */
@JsonAutoDetect(
        fieldVisibility = Visibility.ANY,
        getterVisibility = Visibility.NONE,
        isGetterVisibility = Visibility.NONE,
        setterVisibility = Visibility.NONE)
public interface Snapshot {
    /** A registrant's or an application's stream, as {@link org.selfservice.kernel.Event#scope()}; else the own stream. */
    String scope();
}
