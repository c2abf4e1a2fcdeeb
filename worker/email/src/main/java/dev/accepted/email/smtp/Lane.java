package dev.accepted.email.smtp;

import dev.accepted.contract.catalog.RetryPolicy;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** One connection and the patience to repair it. Used by one thread at a time. */
public final class Lane {

    private static final Logger LOG = Logger.getLogger(Lane.class);

    private final SmtpServer server;
    private final SmtpConnection connection;
    private final Pace pace;
    private final RetryPolicy retries;
    private final Waiting waiting;

    Lane(SmtpServer server, SmtpConnection connection, Pace pace, RetryPolicy retries, Waiting waiting) {
        this.server = server;
        this.connection = connection;
        this.pace = pace;
        this.retries = retries;
        this.waiting = waiting;
    }

    /**
     * Sends one mail when the pace allows it.
     *
     * @param stop ends every wait, with a {@link java.util.concurrent.CancellationException}
     * @throws MailServerUnavailable if it could be neither sent nor refused; it may then be sent again
     */
    Outcome send(Mail mail, BooleanSupplier stop) throws MailServerUnavailable, SenderRefused, InterruptedException {
        for (int failures = 1; ; failures++) {
            pace.await(stop);
            try {
                return connection.deliver(mail);
            } catch (MessagingException e) {
                connection.close();
                requireHope(failures, e, mail);
                Duration delay = retries.backOffAfter(failures);
                LOG.warnf("%s took no mail (%s); the next try is in %s", server, ServerReply.words(e, mail), delay);
                waiting.pause(delay, stop);
            }
        }
    }

    /** Wrong credentials are not tried twice: a server may lock the account for that. */
    private void requireHope(int failures, MessagingException e, Mail mail) throws MailServerUnavailable {
        if (e instanceof AuthenticationFailedException || !retries.allowsAfter(failures)) {
            throw new MailServerUnavailable(server, failures, ServerReply.words(e, mail), e);
        }
    }

    void close() {
        connection.close();
    }
}
