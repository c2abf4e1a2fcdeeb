package dev.accepted.gateway.draining;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.system.GatewayConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Lets requests in, counts those that are in flight, and once told to stop lets none in any more that would change
 * something. Safe for use by many threads.
 */
@ApplicationScoped
public class Draining {

    /** The priority of observers that end what would hold the draining up, streams and waits among them. */
    public static final int BEFORE = 1;

    private static final Logger LOG = Logger.getLogger(Draining.class);
    private static final int AFTER_LIMITS = 930;
    private static final int RETRY_AFTER_SECONDS = 1;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Duration notice;
    private final Duration patience;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final CountDownLatch nobodyLeft = new CountDownLatch(1);
    private volatile boolean announced;
    private volatile boolean refusing;

    Draining(GatewayConfig config) {
        notice = config.drain().notice();
        patience = config.drain().timeout();
    }

    /** Whether others should be asked instead of this gateway. */
    boolean isAnnounced() {
        return announced;
    }

    void register(@Observes Filters filters) {
        filters.register(this::pass, AFTER_LIMITS);
    }

    /** Holds up the end of the process for as long as there is something to wait for. */
    void drain(@Observes ShutdownDelayInitiatedEvent stop) throws InterruptedException {
        announced = true;
        TimeUnit.MILLISECONDS.sleep(notice.toMillis());
        refusing = true;
        if (inFlight.get() > 0 && !nobodyLeft.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warnf("%d requests are still in flight after %s and are cut off", inFlight.get(), patience);
        }
    }

    private void pass(RoutingContext context) {
        inFlight.incrementAndGet();
        if (announced && context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader("Connection", "close");
        }
        if (!refusing) {
            context.addEndHandler(answered -> leave());
            context.next();
            return;
        }
        leave();
        if (READING.contains(context.request().method())) {
            context.next();
        } else {
            context.fail(refusal());
        }
    }

    private void leave() {
        if (inFlight.decrementAndGet() == 0 && refusing) {
            nobodyLeft.countDown();
        }
    }

    private static Problem refusal() {
        return Problems.reducedCapacity(
                "This gateway is being stopped and takes nothing in any more. Nothing of this request was done; send it"
                        + " again after the seconds that Retry-After names, to whichever gateway answers then.",
                RETRY_AFTER_SECONDS);
    }
}
