package org.selfservice.web.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.audit.Moment;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Points in the past as they are typed: a time, a day, or the number of an event. */
@Component
public class Moments {
    private final ZoneId zone;

    Moments(@Value("${portal.zone:UTC}") ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param typed a number; or in ISO 8601 a time, one without a zone, or a day, which stands for its end
     * @throws Refused INVALID, detail {@code field}
     */
    public Moment read(String field, String typed) {
        try {
            return typed.matches("\\d{1,18}") ? Moment.after(Long.parseLong(typed)) : Moment.at(time(typed));
        } catch (DateTimeException none) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", field));
        }
    }

    private Instant time(String typed) {
        if (typed.endsWith("Z")) {
            return Instant.parse(typed);
        }
        if (typed.length() <= "2026-11-27".length()) {
            return LocalDate.parse(typed)
                    .plusDays(1)
                    .atStartOfDay(zone)
                    .toInstant()
                    .minusNanos(1);
        }
        return LocalDateTime.parse(typed.replace(' ', 'T')).atZone(zone).toInstant();
    }
}
