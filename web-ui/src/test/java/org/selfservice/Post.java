package org.selfservice;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Arrays;
import java.util.List;

/** The mail server of the portal under test, and what it took. */
public final class Post {
    private static final int PORT = PortalProcess.freePort();
    private static GreenMail server = start();

    private Post() {}

    static int port() {
        return PORT;
    }

    public static void goAway() {
        server.stop();
    }

    public static void comeBack() {
        server = start();
    }

    /** What came for exactly this address. */
    public static List<MimeMessage> to(String address) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(mail -> isFor(mail, address))
                .toList();
    }

    /** All parts, decoded. */
    public static String text(MimeMessage mail) {
        try {
            StringBuilder all = new StringBuilder();
            append(all, mail.getContent());
            return all.toString();
        } catch (Exception unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static void append(StringBuilder all, Object content) throws Exception {
        if (content instanceof MimeMultipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                append(all, parts.getBodyPart(i).getContent());
            }
        } else {
            all.append(content).append('\n');
        }
    }

    private static boolean isFor(MimeMessage mail, String address) {
        try {
            var all = mail.getRecipients(RecipientType.TO);
            return mail.getAllRecipients().length == 1 && all[0].toString().equals(address);
        } catch (MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static GreenMail start() {
        GreenMail mail = new GreenMail(new ServerSetup(PORT, "localhost", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        return mail;
    }
}
