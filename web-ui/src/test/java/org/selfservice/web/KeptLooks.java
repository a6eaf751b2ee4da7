package org.selfservice.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.audit.Look;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.registrant.RegistrantId;

/** Remembers what it is to keep; nothing is found in it. */
final class KeptLooks implements Looks {
    final List<Look> kept = new ArrayList<>();

    @Override
    public void keep(List<Look> looks) {
        kept.addAll(looks);
    }

    @Override
    public List<Numbered> find(Wanted wanted, @Nullable Long before, int limit) {
        return List.of();
    }

    @Override
    public List<Line> of(RegistrantId registrant, @Nullable Long before, int limit) {
        return List.of();
    }
}
