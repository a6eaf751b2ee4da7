package org.selfservice;

import org.selfservice.web.WebSide;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Starts the portal. The sides join by auto-configuration, each for its role. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(WebSide.class)
public class PortalApplication {

    public static void main(String... arguments) {
        SpringApplication.run(PortalApplication.class, arguments);
    }
}
