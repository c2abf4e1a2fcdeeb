package dev.accepted.email;

import dev.accepted.email.recipients.BadAddress;
import dev.accepted.email.recipients.Mailbox;
import dev.accepted.engine.InputRejected;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import org.jspecify.annotations.Nullable;

/**
 * Who a campaign comes from.
 *
 * @param messageIdDomain what stands behind the @ in every Message-ID
 * @param listUnsubscribe the header's value; null: none
 */
record Sender(
        InternetAddress from,
        String messageIdDomain,
        @Nullable String listUnsubscribe) {

    /**
     * The deployment's own.
     *
     * @throws IllegalArgumentException if an address of the configuration is none
     */
    static Sender configured(EmailConfig config) {
        return new Sender(
                fromConfiguration(config.from()),
                config.messageIdDomain(),
                config.listUnsubscribe().orElse(null));
    }

    /**
     * With the address that a campaign asked for; null: as it is.
     *
     * @throws InputRejected if that is none
     */
    Sender as(@Nullable String address) {
        if (address == null) {
            return this;
        }
        try {
            return new Sender(Mailbox.of(address).toInternetAddress(), messageIdDomain, listUnsubscribe);
        } catch (BadAddress e) {
            throw new InputRejected("/from", e.reason() + ". No mail was sent.");
        }
    }

    private static InternetAddress fromConfiguration(String text) {
        try {
            InternetAddress parsed = new InternetAddress(text, true);
            InternetAddress from = Mailbox.of(parsed.getAddress()).toInternetAddress();
            from.setPersonal(parsed.getPersonal(), "UTF-8");
            return from;
        } catch (AddressException | BadAddress | UnsupportedEncodingException e) {
            throw new IllegalArgumentException(
                    "accepted.email.from is no sender: \"" + text + "\" (" + e.getMessage() + ")", e);
        }
    }
}
