package org.selfservice.web.notification;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.notification.Message;

/** As much of an address as tells that it is the right one: z…@example.org, …0112. */
public final class Masked {
    private Masked() {}

    /** @return null when its person was erased */
    public static @Nullable String address(Message message) {
        String address = message.address().orNull();
        if (address == null) {
            return null;
        }
        int at = address.lastIndexOf('@');
        return at > 0
                ? address.substring(0, 1) + "…" + address.substring(at)
                : "…" + address.substring(Math.max(0, address.length() - 4));
    }
}
