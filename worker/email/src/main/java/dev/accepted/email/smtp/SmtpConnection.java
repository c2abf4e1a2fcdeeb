package dev.accepted.email.smtp;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One connection, opened when it is first needed and kept open. Used by one thread at a time. */
final class SmtpConnection {

    private static final Logger LOG = Logger.getLogger(SmtpConnection.class);

    private final SmtpServer server;
    private final Session session;
    private @Nullable SMTPTransport transport;

    SmtpConnection(SmtpServer server, Session session) {
        this.server = server;
        this.session = session;
    }

    /**
     * Hands in one mail.
     *
     * @throws MessagingException if another try, over a new connection, may end otherwise
     */
    Outcome deliver(Mail mail) throws MessagingException, SenderRefused {
        MimeMessage message = mail.toMessage(session);
        SMTPTransport open = open();
        try {
            open.sendMessage(message, new Address[] {mail.to().toInternetAddress()});
            return new Outcome.Sent();
        } catch (MessagingException e) {
            return ServerReply.judge(e, mail);
        }
    }

    void close() {
        SMTPTransport open = transport;
        transport = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (MessagingException e) {
            LOG.debugf(e, "The connection to %s did not close in order; nothing is lost", server);
        }
    }

    private SMTPTransport open() throws MessagingException {
        SMTPTransport open = transport;
        if (open == null) {
            open = new SMTPTransport(session, new URLName("smtp", server.host(), server.port(), null, null, null));
            open.connect(server.host(), server.port(), server.username(), server.password());
            transport = open;
        }
        return open;
    }
}
