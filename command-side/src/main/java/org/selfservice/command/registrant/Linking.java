package org.selfservice.command.registrant;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.selfservice.command.Courier;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.registrant.RegistrantCommand;
import org.selfservice.kernel.registrant.RegistrantCommand.LinkIdentity;
import org.selfservice.kernel.registrant.RegistrantCommand.ReleaseLogin;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityUnlinked;
import org.selfservice.kernel.registrant.RegistrantEvent.LoginJoined;
import org.springframework.stereotype.Component;

/** Sees to it that a login's stream and its person's agree, whatever was interrupted in between. */
@Component
@ProcessingGroup("linking")
@DisallowReplay
class Linking {
    private final Courier courier;

    Linking(Courier courier) {
        this.courier = courier;
    }

    @EventHandler
    void on(LoginJoined joined, @MessageIdentifier String event) {
        try {
            courier.send(
                    new LinkIdentity(
                            joined.to(), joined.link(), joined.registrant(), joined.provider(), joined.idType()),
                    event);
        } catch (Refused no) {
            // meanwhile unlinked again, or its person was erased
            if (no.code() != RefusalCode.LINK_UNKNOWN && no.code() != RefusalCode.REGISTRANT_ERASED) {
                throw no;
            }
        }
    }

    @EventHandler
    void on(IdentityUnlinked unlinked, @MessageIdentifier String event) {
        if (!unlinked.link().equals(RegistrantCommand.FIRST)) {
            courier.send(new ReleaseLogin(unlinked.login(), unlinked.link()), event);
        }
    }
}
