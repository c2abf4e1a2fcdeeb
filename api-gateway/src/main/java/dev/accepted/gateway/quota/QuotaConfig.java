package dev.accepted.gateway.quota;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Limits of tenants; {@code docs/configuration.md} lists them. None is set unless it is said. */
@ConfigMapping(prefix = "accepted.quota")
public interface QuotaConfig {

    /** What every tenant may that has no limits of its own. */
    Limits eachTenant();

    /** What single tenants may; what is not said there is as for each. */
    Map<String, Limits> tenants();

    /** The limits of one tenant. */
    interface Limits {

        /** Submissions in a window, at each gateway. */
        OptionalInt requests();

        /** Bytes of inputs in a window, at each gateway. */
        OptionalLong bytes();

        /** The window; a minute unless it is said. */
        Optional<Duration> window();

        /** Jobs that have not ended, on the whole fleet. */
        OptionalInt queuedJobs();
    }
}
