package org.selfservice.web.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.notification.Failure;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.web.notification.Letters.Letter;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** E-mail by SMTP. A message that is sent twice has the same Message-ID, by which mailboxes know that it is the same. */
final class Mail implements Carrier {
    private final JavaMailSender server;
    private final Letters letters;
    private final URI portal;
    private final String from;

    Mail(JavaMailSender server, Letters letters, URI portal, String from) {
        this.server = server;
        this.letters = letters;
        this.portal = portal;
        this.from = from;
    }

    @Override
    public Via channel() {
        return Via.EMAIL;
    }

    @Override
    public void carry(Message message, String address) {
        try {
            server.send(written(message, strictly(address)));
        } catch (MailAuthenticationException login) {
            throw new NotCarried(Failure.LOGIN, null);
        } catch (MailSendException failed) {
            throw failure(failed);
        } catch (MailException | MessagingException failed) {
            throw new NotCarried(Failure.REFUSED, null);
        }
    }

    private MimeMessage written(Message message, InternetAddress address) throws MessagingException {
        Letter letter = letters.letter(message, portal);
        MimeMessage mail = new Identified(
                server.createMimeMessage(), message.cause().replaceAll("[^A-Za-z0-9.-]", "-") + "@" + portal.getHost());
        MimeMessageHelper helper = new MimeMessageHelper(mail, true, StandardCharsets.UTF_8.name());
        helper.setFrom(from);
        helper.setTo(address);
        helper.setSubject(letter.subject());
        helper.setText(letter.plain(), letter.html());
        mail.setHeader("Content-Language", message.language());
        mail.setHeader("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static InternetAddress strictly(String address) {
        try {
            return new InternetAddress(address, true);
        } catch (AddressException none) {
            throw new NotCarried(Failure.ADDRESS, null);
        }
    }

    private static NotCarried failure(MailSendException failed) {
        for (Exception each : failed.getMessageExceptions()) {
            for (Throwable cause = each; cause != null; cause = next(cause)) {
                if (cause instanceof SendFailedException no
                        && no.getInvalidAddresses() != null
                        && no.getInvalidAddresses().length > 0) {
                    Integer reply = reply(no);
                    return new NotCarried(reply == null || reply >= 500 ? Failure.ADDRESS : Failure.REFUSED, reply);
                }
            }
            Integer reply = reply(each);
            return new NotCarried(refusal(reply), reply);
        }
        return new NotCarried(Failure.UNREACHABLE, null);
    }

    /** A reply that begins with 5 stays the same (RFC 5321, section 4.2.1). */
    private static Failure refusal(@Nullable Integer reply) {
        if (reply == null) {
            return Failure.UNREACHABLE;
        }
        return reply >= 500 ? Failure.REJECTED : Failure.REFUSED;
    }

    /** The three digits with which a server's answer begins (RFC 5321, section 4.2). */
    private static @Nullable Integer reply(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            String said = cause.getMessage();
            if (said != null && said.matches("(?s)[245]\\d\\d[ -].*")) {
                return Integer.valueOf(said.substring(0, 3));
            }
        }
        return null;
    }

    private static @Nullable Throwable next(Throwable failure) {
        return failure instanceof MessagingException messaging ? messaging.getNextException() : failure.getCause();
    }

    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(MimeMessage empty, String id) {
            super(empty.getSession());
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
        }
    }
}
