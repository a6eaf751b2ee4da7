package org.selfservice.idp;

import java.util.Optional;
import java.util.stream.Stream;

/** How somebody proves who they are, by eSignet's names. There is no device and no wallet: those two are pretended. */
public enum Factor {
    ONE_TIME_CODE("mosip:idp:acr:generated-code"),
    BIOMETRICS("mosip:idp:acr:biometrics"),
    WALLET("mosip:idp:acr:linked-wallet"),
    PASSWORD("urn:selfservice:acr:password");

    final String acr;

    Factor(String acr) {
        this.acr = acr;
    }

    static Optional<Factor> of(String acr) {
        return Stream.of(values()).filter(factor -> factor.acr.equals(acr)).findFirst();
    }
}
