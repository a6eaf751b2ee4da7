package org.selfservice.web.notification;

import java.net.URI;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The ways that are set up. */
@EnableScheduling
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostSettings.class)
class PostConfiguration {
    @Bean
    @ConditionalOnProperty("spring.mail.host")
    Mail mailCarrier(JavaMailSender server, Letters letters, PostSettings settings) {
        return new Mail(server, letters, settings.mustHaveAddress(), settings.mustHaveSender());
    }

    @Bean
    @ConditionalOnProperty("portal.sms.url")
    SmsGateway smsCarrier(Letters letters, PostSettings settings) {
        URI gateway = java.util.Objects.requireNonNull(settings.sms().url());
        return new SmsGateway(
                letters, settings.mustHaveAddress(), gateway, settings.sms().token());
    }
}
