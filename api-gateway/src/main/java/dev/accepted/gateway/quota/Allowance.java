package dev.accepted.gateway.quota;

import dev.accepted.gateway.quota.QuotaConfig.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What one tenant may. */
record Allowance(OptionalInt requests, OptionalLong bytes, Duration window, OptionalInt queuedJobs) {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** The tenant's own limits, and those of each tenant where it has none. */
    static Allowance of(String tenant, QuotaConfig config) {
        Limits each = config.eachTenant();
        Limits own = config.tenants().getOrDefault(tenant, each);
        return new Allowance(
                own.requests().isPresent() ? own.requests() : each.requests(),
                own.bytes().isPresent() ? own.bytes() : each.bytes(),
                own.window().or(each::window).orElse(WINDOW),
                own.queuedJobs().isPresent() ? own.queuedJobs() : each.queuedJobs());
    }

    boolean isUnlimited() {
        return requests.isEmpty() && bytes.isEmpty() && queuedJobs.isEmpty();
    }

    /** The rates as {@code RateLimit-Policy} tells them; empty where there is none. */
    Optional<String> policies() {
        StringBuilder policies = new StringBuilder();
        requests.ifPresent(limit -> policies.append(policy("requests", limit, "")));
        bytes.ifPresent(limit -> policies.append(policies.isEmpty() ? "" : ", ")
                .append(policy("bytes", limit, ";qu=\"content-bytes\"")));
        return policies.isEmpty() ? Optional.empty() : Optional.of(policies.toString());
    }

    private String policy(String name, long limit, String unit) {
        return "\"" + name + "\";q=" + limit + unit + ";w=" + Math.max(1, window.toSeconds());
    }
}
