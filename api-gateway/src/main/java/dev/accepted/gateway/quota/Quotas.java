package dev.accepted.gateway.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.estimates.Estimates;
import dev.accepted.gateway.estimates.RetryAfter;
import dev.accepted.gateway.security.Caller;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Holds tenants to what they may take. Never blocks; safe for use by many threads. */
@Singleton
public class Quotas {

    private static final int TENANTS = 10_000;

    private final QuotaConfig config;
    private final Backlog backlog;
    private final Estimates estimates;
    private final RetryAfter retryAfter;
    private final Clock clock;
    private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();

    /** Whoever is forgotten begins with full buckets again, which is what they have by then anyway. */
    private final Cache<String, Rates> rates;

    Quotas(QuotaConfig config, Backlog backlog, Estimates estimates, RetryAfter retryAfter, Clock clock) {
        this.config = config;
        this.backlog = backlog;
        this.estimates = estimates;
        this.retryAfter = retryAfter;
        this.clock = clock;
        this.rates = Caffeine.newBuilder()
                .maximumSize(TENANTS)
                .expireAfterAccess(Duration.ofHours(1))
                .build();
    }

    /**
     * Counts a request that would submit, before its body is read, and says on its answer what is left.
     *
     * @throws dev.accepted.gateway.problem.Problem 429
     */
    public void admitRequest(Caller caller, RoutingContext context) {
        Allowance allowance = of(caller);
        Optional<String> policies = allowance.policies();
        if (policies.isEmpty()) {
            return;
        }
        Rates left = rates(caller, allowance);
        context.addHeadersEndHandler(sent -> context.response()
                .putHeader("RateLimit-Policy", policies.get())
                .putHeader("RateLimit", left.left(System.nanoTime())));
        left.takeRequests(1, System.nanoTime()).ifPresent(wait -> {
            throw Refusals.quotaExceeded("requests", secondsUntil(wait));
        });
    }

    /**
     * Counts jobs that passed every check, before they go to the log.
     *
     * @param type of one of them: by its times it is estimated when there is room again
     * @param bytes of their inputs
     * @throws dev.accepted.gateway.problem.Problem 429: none of them may
     */
    public void admit(Caller caller, JobTypeDescriptor type, int jobs, long bytes) {
        Allowance allowance = of(caller);
        if (allowance.isUnlimited()) {
            return;
        }
        if (allowance.queuedJobs().isPresent()) {
            requireRoom(caller, type, jobs, allowance.queuedJobs().getAsInt());
        }
        rates(caller, allowance).takeBytes(bytes, System.nanoTime()).ifPresent(wait -> {
            throw Refusals.quotaExceeded("bytes", secondsUntil(wait));
        });
    }

    private void requireRoom(Caller caller, JobTypeDescriptor type, int jobs, int limit) {
        long unfinished = backlog.unfinished(caller.tenant(), limit);
        long tooMany = unfinished + jobs - limit;
        if (tooMany > 0) {
            throw Refusals.queueFull(limit, unfinished, secondsUntil(estimates.timeOf(tooMany, type)));
        }
    }

    /** Jobs of that caller are in the log. */
    public void accepted(Caller caller, int jobs) {
        of(caller).queuedJobs().ifPresent(limit -> backlog.accepted(caller.tenant(), limit, jobs));
    }

    private Allowance of(Caller caller) {
        return allowances.computeIfAbsent(
                config.tenants().containsKey(caller.tenant()) ? caller.tenant() : "",
                tenant -> Allowance.of(tenant, config));
    }

    private Rates rates(Caller caller, Allowance allowance) {
        return rates.get(caller.tenant(), tenant -> new Rates(allowance, System.nanoTime()));
    }

    private long secondsUntil(Duration wait) {
        return retryAfter.secondsUntil(clock.instant().plus(wait));
    }
}
