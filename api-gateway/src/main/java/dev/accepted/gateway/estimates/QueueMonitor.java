package dev.accepted.gateway.estimates;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.catalog.Catalog;
import dev.accepted.gateway.estimates.QueueView.Standing;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Knows how each queue of the catalog stands: samples twice a second, on a thread of its own, and learns at once of what
 * this gateway writes. While Kafka or PostgreSQL is away the last sample stays. Safe for use by many threads.
 */
@Singleton
public class QueueMonitor implements Standings {

    private static final Logger LOG = Logger.getLogger(QueueMonitor.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Catalog catalog;
    private final QueueSampler sampler;
    private final Clock clock;
    private final ConcurrentMap<String, QueueView> views = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, QueueSample>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(QueueMonitor::daemon);
    private volatile @Nullable Instant sampledAt;
    private boolean failing;

    QueueMonitor(Catalog catalog, QueueSampler sampler, Clock clock) {
        this.catalog = catalog;
        this.sampler = sampler;
        this.clock = clock;
    }

    private static Thread daemon(Runnable loop) {
        Thread thread = new Thread(loop, "queue-monitor");
        thread.setDaemon(true);
        return thread;
    }

    void start(@Observes StartupEvent event) {
        var unused = thread.scheduleWithFixedDelay(this::sample, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
        sampler.close();
    }

    /** Calls back with each queue and its sample, twice a second, on the monitor's thread. */
    public void onSample(BiConsumer<String, QueueSample> listener) {
        listeners.add(listener);
    }

    /** How old the last sample is; empty before the first. */
    public Optional<Duration> age() {
        return Optional.ofNullable(sampledAt).map(at -> Duration.between(at, clock.instant()));
    }

    @Override
    public Standing standing(String queue, Position command, long arrivedMicros) {
        QueueView view = view(queue);
        if (Topics.queueOf(command.topic()).isPresent()) {
            view.appended(command.partition(), command.offset(), Estimates.micros(clock.instant()));
        }
        return view.standing(command.partition(), command.offset(), arrivedMicros);
    }

    @Override
    public int slots(String queue) {
        return view(queue).slots();
    }

    /** How a queue stands and moves; of one that was never sampled, that nothing waits and nobody works. */
    public QueueFlow flow(String queue) {
        return view(queue).flow();
    }

    /** Where the first waiting command of each partition of the queue's topic lies. */
    public List<Position> heads(String queue) {
        List<Position> heads = new ArrayList<>();
        view(queue)
                .heads()
                .forEach((partition, offset) -> heads.add(new Position(Topics.commands(queue), partition, offset)));
        return heads;
    }

    private QueueView view(String queue) {
        return views.computeIfAbsent(queue, name -> new QueueView());
    }

    // Whatever goes wrong in one sample must not end the loop.
    @SuppressWarnings("CatchAndPrintStackTrace")
    private void sample() {
        try {
            Set<String> queues =
                    catalog.all().stream().map(JobTypeDescriptor::queue).collect(Collectors.toSet());
            if (!queues.isEmpty()) {
                Instant now = clock.instant();
                Map<String, QueueSample> samples = sampler.sample(queues);
                long readMicros = Estimates.micros(clock.instant());
                samples.forEach((queue, sample) -> view(queue).sampled(sample, readMicros));
                listeners.forEach(samples::forEach);
                sampledAt = now;
            }
            if (failing) {
                LOG.info("Queues are sampled again");
            }
            failing = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            if (!failing && !thread.isShutdown()) {
                LOG.warnf("Queues cannot be sampled; estimates are made from the last sample until they can: %s", e);
            }
            failing = true;
        }
    }
}
