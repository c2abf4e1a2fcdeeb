package dev.accepted.email;

import dev.accepted.email.smtp.Encryption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where mails are handed in, who they come from, and how fast. */
@ConfigMapping(prefix = "accepted.email")
interface EmailConfig {

    Smtp smtp();

    /** The sender of campaigns that name none: an address, with or without a display name. */
    @WithDefault("Accepted <campaigns@accepted.invalid>")
    String from();

    /** What stands behind the @ in every Message-ID. Changing it changes the ids of campaigns that are under way. */
    @WithDefault("accepted.invalid")
    String messageIdDomain();

    /** The List-Unsubscribe header of every mail, for example {@code <mailto:leave@example.com>}. */
    Optional<String> listUnsubscribe();

    /** Connections that each campaign keeps open. */
    @WithDefault("2")
    int connections();

    /** The most mails a second that this worker sends, over all its campaigns; 0: as fast as the server takes them. */
    @WithDefault("0")
    double ratePerSecond();

    /** The mail server. */
    interface Smtp {

        @WithDefault("localhost")
        String host();

        @WithDefault("25")
        int port();

        /** Absent: without authentication. */
        Optional<String> username();

        Optional<String> password();

        @WithDefault("opportunistic")
        Encryption encryption();

        /** The longest wait for an answer. */
        @WithDefault("PT1M")
        Duration timeout();
    }
}
