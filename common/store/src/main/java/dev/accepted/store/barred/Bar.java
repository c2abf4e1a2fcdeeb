package dev.accepted.store.barred;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One who is not let in.
 *
 * @param reason for operators; clients are not told
 */
public record Bar(Kind kind, String name, @Nullable String reason, Instant since) {

    /** What is barred: a tenant; a subject's tokens that were issued before; the token of a {@code jti}. */
    public enum Kind {
        TENANT,
        SUBJECT,
        TOKEN;

        /** As the table and the interface say it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
