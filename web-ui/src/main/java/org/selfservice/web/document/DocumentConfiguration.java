package org.selfservice.web.document;

import com.mongodb.ConnectionString;
import com.mongodb.MongoTimeoutException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;
import org.selfservice.kernel.Keys;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where documents are kept: in the MongoDB that is given, else on disk. */
@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {
    @Bean
    DocumentStore documentStore(
            @Value("${portal.mongo.uri:#{null}}") @Nullable String uri,
            @Value("${portal.home:data}") Path home,
            Keys keys,
            Clock clock)
            throws IOException {
        DiskDocuments disk = new DiskDocuments(home.resolve("documents"), keys);
        if (uri == null) {
            return disk;
        }
        ConnectionString address = new ConnectionString(uri);
        try {
            return new GridFsDocuments(address, keys, clock, disk);
        } catch (MongoTimeoutException away) {
            throw new CannotStart(
                    "No MongoDB answers at " + address.getHosts() + ", which portal.mongo.uri names.", away);
        }
    }
}
