package org.selfservice.kernel.notification;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * One message to one address.
 *
 * @param cause the event's id, or what stands for one: with the channel it is the message's identity
 * @param address as the person's preference said when it happened
 * @param language BCP 47 primary tag in which the person wants to be addressed
 * @param code of the program; null when it is about none
 * @param program its name in that language
 * @param reference of the application; null when it is about none
 * @param date the day that the notice is about, in the program's zone: a deadline, a promise; null when there is none
 * @param at when it happened
 */
public record Message(
        String cause,
        Via channel,
        Notice notice,
        RegistrantId registrant,
        Personal<String> address,
        String language,
        @Nullable ProgramCode code,
        @Nullable String program,
        @Nullable ApplicationId application,
        @Nullable String reference,
        @Nullable LocalDate date,
        Instant at) {}
