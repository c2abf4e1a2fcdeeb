package dev.accepted.email.smtp;

import jakarta.mail.Session;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where mails are handed in.
 *
 * @param username null: without authentication
 * @param timeout the longest wait for an answer, and for a write to be taken
 */
public record SmtpServer(
        String host,
        int port,
        @Nullable String username,
        @Nullable String password,
        Encryption encryption,
        Duration timeout) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    Session session() {
        String millis = Long.toString(timeout.toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        properties.setProperty("mail.smtp.auth", Boolean.toString(username != null));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.quitwait", "false");
        encryption.configure(properties);
        return Session.getInstance(properties);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
