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
            MimeMessage message = new StableMessage(session, messageId);
            message.setFrom(from);
            message.setRecipient(RecipientType.TO, to.toInternetAddress());
            message.setSentDate(Date.from(date));
            message.setSubject(subject, UTF_8);
            message.setText(body, UTF_8, subtype);
            if (listUnsubscribe != null) {
                message.setHeader("List-Unsubscribe", listUnsubscribe);
            }
            message.saveChanges();
            return message;
        } catch (MessagingException e) {
            throw new IllegalStateException("A mail of checked parts could not be written", e);
        }
    }

    /** The library would give each message an id of its own on saving. */
    private static final class StableMessage extends MimeMessage {

        private final String messageId;

        StableMessage(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }
}
