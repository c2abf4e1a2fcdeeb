package dev.accepted.webhooks;

import dev.accepted.contract.callback.NotAllowed;
import dev.accepted.contract.callback.SigningKeys;
import dev.accepted.contract.callback.Target;
import dev.accepted.contract.callback.TargetRules;
import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.engine.JobContext;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import dev.accepted.engine.PermanentFailure;
import dev.accepted.engine.TryAgainLater;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Delivers one message; retried for some hours, ever more slowly. */
@ApplicationScoped
@JobType(
        value = WebhookDelivery.TYPE,
        queue = WebhookDelivery.QUEUE,
        title = "Deliver a webhook",
        idPrefix = WebhookDelivery.ID_PREFIX,
        internal = true,
        typicalDuration = "PT0.1S",
        timeout = "PT1M",
        maxAttempts = 12,
        initialDelay = "PT10S",
        maxDelay = "PT6H")
class DeliverWebhook implements JobHandler<WebhookDelivery, Void> {

    private final TargetRules rules;
    private final SigningKeys keys;
    private final Resolver resolver;
    private final Sender sender;
    private final Clock clock;

    DeliverWebhook(TargetRules rules, SigningKeys keys, Resolver resolver, Sender sender, Clock clock) {
        this.rules = rules;
        this.keys = keys;
        this.resolver = resolver;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public @Nullable Void run(WebhookDelivery message, JobContext job) throws InterruptedException {
        Target target;
        List<InetAddress> addresses;
        try {
            target = Target.parse(message.url());
            addresses = resolve(target);
            rules.check(target, addresses.stream().map(InetAddress::getAddress).toList());
        } catch (NotAllowed e) {
            throw new PermanentFailure("Nothing was sent: " + e.why());
        }
        byte[] payload = message.payload().getBytes(StandardCharsets.UTF_8);
        Instant begin = clock.instant();
        Map<String, String> headers = headers(message.id(), job.tenant(), begin, payload);
        long began = System.nanoTime();
        Answer answer = post(target, addresses, headers, payload);
        job.count(WebhookDelivery.statusCodeOf(job.attempt()), answer.status());
        job.count(WebhookDelivery.millisOf(job.attempt()), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        answer.judge(clock.instant());
        return null;
    }

    private List<InetAddress> resolve(Target target) {
        try {
            return resolver.resolve(target.host());
        } catch (UnknownHostException e) {
            throw failed("Its host does not resolve.");
        }
    }

    private Map<String, String> headers(String id, String tenant, Instant now, byte[] payload) {
        long timestamp = now.getEpochSecond();
        return Map.of(
                "content-type",
                "application/json",
                "user-agent",
                "Accepted-Webhooks/1.0",
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(timestamp),
                "webhook-signature",
                keys.signature(tenant, id, timestamp, payload));
    }

    private Answer post(Target target, List<InetAddress> addresses, Map<String, String> headers, byte[] payload)
            throws InterruptedException {
        try {
            return sender.post(target, addresses, headers, payload);
        } catch (TimeoutException e) {
            throw failed("The receiver did not answer in time.");
        } catch (ExecutionException e) {
            // What exactly went wrong names addresses, which are not for the client to read.
            throw e.getCause() instanceof SSLException
                    ? failed("No TLS connection could be made: its certificate is not accepted for its host, or it"
                            + " speaks no TLS.")
                    : failed("No connection could be made, or it broke off before the receiver answered.");
        }
    }

    private static TryAgainLater failed(String what) {
        return new TryAgainLater(what, Duration.ZERO);
    }
}
