package dev.accepted.email;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A real mail server, and what it was given. */
final class Inbox implements AutoCloseable {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    Inbox() {
        server.start();
    }

    GreenMail server() {
        return server;
    }

    TestConfig config() {
        return TestConfig.of(server.getSmtp().getPort());
    }

    int count() {
        return server.getReceivedMessages().length;
    }

    /** Fails if somebody got two mails. */
    Map<String, MimeMessage> byRecipient() {
        return Arrays.stream(server.getReceivedMessages())
                .collect(Collectors.toMap(mail -> header(mail, "To"), mail -> mail));
    }

    MimeMessage mailTo(String address) {
        return Objects.requireNonNull(byRecipient().get(address), address);
    }

    void empty() throws Exception {
        server.purgeEmailFromAllMailboxes();
    }

    @Override
    public void close() {
        server.stop();
    }

    static String header(MimeMessage mail, String name) {
        try {
            return String.join(" | ", mail.getHeader(name));
        } catch (MessagingException e) {
            throw new AssertionError(name, e);
        }
    }
}
