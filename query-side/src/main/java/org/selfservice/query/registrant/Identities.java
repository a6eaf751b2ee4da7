package org.selfservice.query.registrant;

import java.util.List;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.registrant.RegistrantCommand;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityLinked;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityUnlinked;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantRegistered;
import org.selfservice.kernel.registrant.RegistrantEvent.SameNumberFound;
import org.selfservice.kernel.registrant.RegistrantQuery.Identity;
import org.selfservice.kernel.registrant.RegistrantQuery.SameNumber;

/** The logins of a dossier, and who else may be the same person. */
final class Identities {
    private Identities() {}

    static void change(List<Identity> identities, List<SameNumber> sameNumbers, RegistrantEvent event, Meta meta) {
        switch (event) {
            case RegistrantRegistered first ->
                identities.add(new Identity(
                        RegistrantCommand.FIRST, first.registrant(), first.provider(), first.idType(), meta.at()));
            case IdentityLinked linked ->
                identities.add(
                        new Identity(linked.link(), linked.login(), linked.provider(), linked.idType(), meta.at()));
            case IdentityUnlinked unlinked ->
                identities.removeIf(one -> one.link().equals(unlinked.link()));
            case SameNumberFound found -> sameNumbers.add(new SameNumber(found.attribute(), found.other()));
            default -> {
                // it changes no login
            }
        }
    }
}
