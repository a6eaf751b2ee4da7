package org.selfservice.web.notification;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.page.Format;
import org.springframework.context.support.ResourceBundleMessageSource;

final class Samples {
    static final URI PORTAL = URI.create("https://portal.example");
    static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    private Samples() {}

    static Letters letters() {
        ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
        texts.setBasename("messages/notification");
        texts.setDefaultEncoding("UTF-8");
        texts.setFallbackToSystemLocale(false);
        Format format = mock(Format.class);
        when(format.date(any(LocalDate.class)))
                .thenAnswer(call -> call.getArgument(0).toString());
        return new Letters(texts, format);
    }

    static Message message(Notice notice, String language, Via channel) {
        return new Message(
                "e-1",
                channel,
                notice,
                new RegistrantId("r-lena-0000000000000000000"),
                Personal.of("zoe@example.org"),
                language,
                new ProgramCode("cash"),
                "Cash <b> for\nall",
                new ApplicationId("a-0000000000000000000000"),
                "CASH-7K4M-2P9X",
                LocalDate.of(2026, 12, 14),
                NOW);
    }

    static Message aboutNoProgram(Notice notice, String language, Via channel) {
        return new Message(
                "e-1",
                channel,
                notice,
                new RegistrantId("r-lena-0000000000000000000"),
                Personal.of("zoe@example.org"),
                language,
                null,
                null,
                null,
                null,
                null,
                NOW);
    }
}
