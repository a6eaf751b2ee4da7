package org.selfservice.web.document;

import java.io.IOException;
import java.nio.file.Path;
import org.selfservice.kernel.Keys;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where documents are kept. */
@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {
    @Bean
    DocumentStore documentStore(@Value("${portal.home:data}") Path home, Keys keys) throws IOException {
        return new DiskDocuments(home.resolve("documents"), keys);
    }
}
