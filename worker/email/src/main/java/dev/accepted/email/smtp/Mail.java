package dev.accepted.email.smtp;

import dev.accepted.email.recipients.Mailbox;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * One mail to one mailbox.
 *
 * @param messageId with its angle brackets
 * @param subject without line breaks
 * @param subtype {@code plain} or {@code html}
 * @param listUnsubscribe the header's value; null: none
 */
public record Mail(
        String messageId,
        InternetAddress from,
        Mailbox to,
        Instant date,
        String subject,
        String subtype,
        String body,
        @Nullable String listUnsubscribe) {

    private static final String UTF_8 = "UTF-8";

    MimeMessage toMessage(Session session) {
        try {
            MimeMessage message = new EncodedMessage(session, Body.of(body, session.getStreamProvider()));
            message.setHeader("Message-ID", messageId);
            message.setFrom(from);
            message.setRecipient(RecipientType.TO, to.toInternetAddress());
            message.setSentDate(Date.from(date));
            message.setSubject(subject, UTF_8);
            message.setHeader("MIME-Version", "1.0");
            message.setHeader("Content-Type", "text/" + subtype + "; charset=UTF-8");
            if (listUnsubscribe != null) {
                message.setHeader("List-Unsubscribe", listUnsubscribe);
            }
            return message;
        } catch (MessagingException e) {
            throw new IllegalStateException("A mail of checked parts could not be written", e);
        }
    }

    /**
     * Is written as it is. Left to itself the library gives each message an id of its own, and while it encodes one it
     * searches the class path for its encoders, which takes as much time as all the rest of the sending.
     */
    private static final class EncodedMessage extends MimeMessage {

        EncodedMessage(Session session, Body body) throws MessagingException {
            super(session);
            content = body.bytes();
            setHeader("Content-Transfer-Encoding", body.encoding().getEncoder());
            modified = false;
            saved = true;
        }
    }
}
