package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.notification.Failure;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.notification.Outbox.Undelivered;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.web.Granted;
import org.selfservice.web.notification.Masked;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/notifications")
@Tag(name = "Notifications")
class NotificationEndpoints {
    private final Outbox outbox;
    private final Clock clock;

    NotificationEndpoints(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    record UndeliveredMessages(List<UndeliveredMessage> messages) {}

    /**
     * @param address as much of it as tells that it is the right one; null when its person was erased
     * @param reply what the server answered, as a number; null when it did not
     */
    record UndeliveredMessage(
            long number,
            Via channel,
            Notice notice,
            @Nullable String reference,
            @Nullable String address,
            Failure why,
            @Nullable Integer reply,
            int attempts,
            Instant triedAt) {
        static UndeliveredMessage of(Undelivered one) {
            return new UndeliveredMessage(
                    one.number(),
                    one.message().channel(),
                    one.message().notice(),
                    one.message().reference(),
                    Masked.address(one.message()),
                    one.why(),
                    one.reply(),
                    one.attempts(),
                    one.triedAt());
        }
    }

    @Operation(operationId = "findUndelivered", summary = "Messages to people that could not be sent, and why")
    @GetMapping
    UndeliveredMessages some(@RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > 100) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "limit"));
        }
        return new UndeliveredMessages(
                Granted.only(outbox.undelivered(limit), one -> one.message().code()).stream()
                        .map(UndeliveredMessage::of)
                        .toList());
    }

    @Operation(operationId = "sendAgain", summary = "Try to send a message again")
    @PostMapping("/{number}/attempts")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void again(@PathVariable long number) {
        Granted.refuseIfLimited();
        mustBeThere(outbox.tryAgain(number, clock.instant()));
    }

    @Operation(operationId = "sendAllAgain", summary = "Try to send all messages again that could not be sent")
    @PostMapping("/attempts")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void again() {
        Granted.refuseIfLimited();
        outbox.tryAllAgain(clock.instant());
    }

    @Operation(operationId = "dropMessage", summary = "Never send a message that could not be sent")
    @DeleteMapping("/{number}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void drop(@PathVariable long number) {
        Granted.refuseIfLimited();
        mustBeThere(outbox.drop(number));
    }

    private static void mustBeThere(boolean there) {
        if (!there) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
    }
}
