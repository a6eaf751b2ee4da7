package org.selfservice.web.notification;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param address under which people reach the portal, for links in messages */
@ConfigurationProperties("portal")
record PostSettings(
        @Nullable URI address,
        @DefaultValue Mail mail,
        @DefaultValue Sms sms,
        @DefaultValue Notifications notifications) {

    /** @param from the sender's address */
    record Mail(@Nullable String from) {}

    /**
     * @param url takes a JSON object with {@code to} and {@code text}; null for no SMS
     * @param token for an {@code Authorization: Bearer} header
     */
    record Sms(@Nullable URI url, @Nullable String token) {
        @Override
        public String toString() {
            return "[secret]";
        }
    }

    /**
     * @param retries how long to wait after each attempt that failed; after the last one nobody tries by itself
     * @param staleAfter what could not be tried for so long is no news any more
     */
    record Notifications(
            @DefaultValue({"PT1M", "PT5M", "PT30M", "PT2H", "PT12H"})
            List<Duration> retries,

            @DefaultValue("P7D") Duration staleAfter) {

        /** @return null when it was tried often enough */
        @Nullable
        Duration wait(int attempts) {
            return attempts <= retries.size() ? retries.get(attempts - 1) : null;
        }
    }

    URI mustHaveAddress() {
        if (address == null) {
            throw new CannotStart(
                    "Messages need links: say in portal.address under which address people reach the portal.");
        }
        return address;
    }

    String mustHaveSender() {
        if (mail.from() == null || mail.from().isBlank()) {
            throw new CannotStart("A mail server is set (spring.mail.host): say in portal.mail.from who writes.");
        }
        return mail.from();
    }
}
