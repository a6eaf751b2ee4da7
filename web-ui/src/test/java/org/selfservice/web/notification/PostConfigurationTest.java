package org.selfservice.web.notification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.selfservice.kernel.CannotStart;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** A portal that could send messages without links or without a sender does not start. */
class PostConfigurationTest {
    private final ApplicationContextRunner portal = new ApplicationContextRunner()
            .withUserConfiguration(PostConfiguration.class)
            .withBean(JavaMailSender.class, JavaMailSenderImpl::new)
            .withBean(Letters.class, Samples::letters);

    @Test
    void a_mail_server_without_the_portals_address_is_refused_with_what_is_to_be_set() {
        refuses("portal.address", "spring.mail.host=localhost", "portal.mail.from=portal@office.example");
    }

    @Test
    void a_mail_server_without_a_sender_is_refused_with_what_is_to_be_set() {
        refuses("portal.mail.from", "spring.mail.host=localhost", "portal.address=https://portal.example");
        refuses(
                "portal.mail.from",
                "spring.mail.host=localhost",
                "portal.address=https://portal.example",
                "portal.mail.from= ");
    }

    @Test
    void an_SMS_gateway_without_the_portals_address_is_refused_with_what_is_to_be_set() {
        refuses("portal.address", "portal.sms.url=https://sms.example/send");
    }

    @Test
    void with_both_it_starts_and_without_a_server_it_needs_neither() {
        portal.withPropertyValues(
                        "spring.mail.host=localhost",
                        "portal.address=https://portal.example",
                        "portal.mail.from=portal@office.example")
                .run(context -> assertThat(context).hasSingleBean(Mail.class));
        portal.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Carrier.class));
    }

    private void refuses(String missing, String... settings) {
        portal.withPropertyValues(settings)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(CannotStart.class)
                        .hasMessageContaining(missing));
    }
}
