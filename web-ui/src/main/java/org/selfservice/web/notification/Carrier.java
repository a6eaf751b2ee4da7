package org.selfservice.web.notification;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.notification.Failure;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.registrant.ContactPreferences.Via;

/** A way on which messages leave the portal. There is one bean for each way that is set up. */
interface Carrier {
    Via channel();

    /** @throws NotCarried when it is not sure that somebody took it */
    void carry(Message message, String address);

    /** The server's words are left out: they may quote the address. */
    final class NotCarried extends RuntimeException {
        private final Failure why;
        private final @Nullable Integer reply;

        NotCarried(Failure why, @Nullable Integer reply) {
            super(why + (reply == null ? "" : " " + reply), null, false, false);
            this.why = why;
            this.reply = reply;
        }

        Failure why() {
            return why;
        }

        @Nullable
        Integer reply() {
            return reply;
        }
    }
}
