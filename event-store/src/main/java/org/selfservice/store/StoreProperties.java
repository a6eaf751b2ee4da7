package org.selfservice.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the portal keeps what must not be lost.
 *
 * @param home the data folder
 * @param masterKey 32 bytes as base64, from {@code PORTAL_MASTER_KEY}; absent for a file in the data folder
 * @param pseudonymKey 32 bytes as base64, from {@code PORTAL_PSEUDONYM_KEY}; absent for a file in the data folder
 */
@ConfigurationProperties("portal")
record StoreProperties(
        @DefaultValue("data") Path home,
        @Nullable String masterKey,
        @Nullable String pseudonymKey,
        @DefaultValue Store store) {

    /**
     * @param url of a PostgreSQL server, such as {@code jdbc:postgresql://db.example.org:5432/?sslmode=verify-full}, which
     *     has (or lets the user create) the databases {@code events} and {@code portal}; absent for the embedded server
     * @param port of the embedded server; 0 for any that is free
     * @param binaries folder into which the embedded server's programs are unpacked; absent for one in the data folder
     * @param connections at most, to each database
     * @param shared whether other processes append to the embedded server's events too; those of a server with an address
     *     are always shared
     * @param axonServer {@code host:port} of the Axon Server that keeps the events, several with commas between them;
     *     absent for PostgreSQL
     */
    record Store(
            @Nullable String url,
            @DefaultValue("portal") String user,
            @DefaultValue("") String password,
            @DefaultValue("0") int port,
            @Nullable Path binaries,
            @DefaultValue("20") int connections,
            @DefaultValue("false") boolean shared,
            @Nullable String axonServer) {
        boolean isEmbedded() {
            return url == null || url.isBlank();
        }

        @Override
        public String toString() {
            return "[secret]";
        }
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
