package dev.accepted.email.recipients;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of a list. */
public sealed interface Recipient {

    /** Its place in the list, from 0. */
    int line();

    /** Its columns by name, {@code email} among them. */
    Map<String, ? extends @Nullable String> columns();

    /** Equal for lines that mean the same mailbox. */
    String key();

    /** A line that a mail can be sent to. */
    record Reachable(int line, Map<String, ? extends @Nullable String> columns, Mailbox mailbox) implements Recipient {
        @Override
        public String key() {
            return mailbox.address();
        }
    }

    /**
     * A line without a usable address.
     *
     * @param key the address as it stands there
     * @param reason what is wrong with it
     */
    record Unreachable(int line, Map<String, ? extends @Nullable String> columns, String key, String reason)
            implements Recipient {}
}
