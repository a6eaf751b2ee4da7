package org.selfservice.web.form.staff;

import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** What files of forms look like, for whoever writes one (JSON Schema 2020-12). */
@Controller
class FormSchema {
    static final String ADDRESS = "/schemas/form.json";

    private static final MediaType TYPE = MediaType.parseMediaType("application/schema+json");

    @GetMapping(ADDRESS)
    ResponseEntity<Resource> schema() {
        return ResponseEntity.ok()
                .contentType(TYPE)
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                .body(new ClassPathResource(ADDRESS));
    }
}
