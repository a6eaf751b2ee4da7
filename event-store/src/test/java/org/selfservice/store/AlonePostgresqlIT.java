package org.selfservice.store;

import java.util.List;

/** PostgreSQL with a process that alone appends to it, as by default. */
class AlonePostgresqlIT extends EventStoreContract {
    AlonePostgresqlIT() {
        super(Portal.process(), Portal.process());
    }

    @Override
    List<String> stored(String stream) {
        return Rows.ofStream(Portal.process().context(), stream);
    }
}
