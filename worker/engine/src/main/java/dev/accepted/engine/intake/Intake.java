package dev.accepted.engine.intake;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.log.Topics;
import dev.accepted.engine.execution.Assignment;
import dev.accepted.engine.execution.JobExecutor;
import dev.accepted.engine.execution.RunningJobs;
import dev.accepted.engine.intake.Commands.Taken;
import dev.accepted.engine.lease.Valve;
import dev.accepted.engine.process.EngineConfig;
import dev.accepted.engine.types.HandlerRegistry;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One thread's loop over the queue: wait until commands may be taken and slots are free → poll → claim → accept → start. */
@Singleton
public class Intake implements Runnable {

    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration STANDSTILL = Duration.ofSeconds(2);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Map<String, Object> settings = new HashMap<>();
    private final String topic;
    private final int records;
    private final Valve valve;
    private final RunningJobs running;
    private final IdSeal seal;
    private final Claimer claimer;
    private final JobExecutor executor;
    private boolean joined;
    private long tookNanos;
    private volatile boolean stopping;
    private volatile @Nullable ShareConsumer<String, byte[]> consumer;

    Intake(
            HandlerRegistry handlers,
            Valve valve,
            RunningJobs running,
            IdSeal seal,
            Claimer claimer,
            JobExecutor executor,
            EngineConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.topic = Topics.commands(handlers.queue());
        this.valve = valve;
        this.running = running;
        this.seal = seal;
        this.claimer = claimer;
        this.executor = executor;
        this.records = Math.min(config.worker().pollRecords(), config.worker().slots());
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, Topics.shareGroup(handlers.queue()));
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, config.worker().name());
        settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        settings.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, records);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        // Nothing is held between two polls, so a worker whose slots are busy for hours loses nothing by not polling.
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
    }

    @Override
    public void run() {
        while (!stopping) {
            takeUntilBroken();
        }
    }

    /** What breaks a consumer leaves it in a state that nobody knows; its records come again to the next one. */
    private void takeUntilBroken() {
        try (ShareConsumer<String, byte[]> queue =
                new KafkaShareConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer = queue;
            queue.setAcknowledgementCommitCallback(Intake::acknowledged);
            while (!stopping) {
                takeSome(queue);
            }
            queue.close(CLOSE);
        } catch (WakeupException e) {
            LOG.debug("Woken up to stop");
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        } catch (RuntimeException e) {
            LOG.warnf(e, "Taking commands from %s failed; tried again in %s", topic, PAUSE);
            pauseUnlessStopped();
        } finally {
            consumer = null;
            joined = false;
        }
    }

    private void pauseUnlessStopped() {
        try {
            pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    /** Ends the loop after the batch it is at. */
    public void stop() {
        stopping = true;
        ShareConsumer<String, byte[]> queue = consumer;
        if (queue != null) {
            queue.wakeup();
        }
    }

    /** Jobs run whatever the broker answers: a command that comes again is refused by its lease. */
    private static void acknowledged(Map<TopicIdPartition, Set<Long>> offsets, @Nullable Exception failure) {
        if (failure != null) {
            LOG.debugf(failure, "The broker did not take acknowledgements of %s; those records come again", offsets);
        }
    }

    private void takeSome(ShareConsumer<String, byte[]> queue) throws InterruptedException {
        if (!valve.isOpen()) {
            // At once: after a poll that gave nothing the client goes on fetching by itself until it has something.
            leave(queue);
            valve.awaitOpen(POLL);
        } else if (running.awaitFree(records, POLL)) {
            join(queue);
            ConsumerRecords<String, byte[]> polled = queue.poll(POLL);
            if (!polled.isEmpty()) {
                take(queue, polled);
            }
        } else {
            leaveToOthers(queue);
        }
    }

    private void join(ShareConsumer<String, byte[]> queue) {
        if (!joined) {
            queue.subscribe(List.of(topic));
            joined = true;
        }
        tookNanos = System.nanoTime();
    }

    /**
     * While there are fewer workers than partitions, the broker gives each partition to one of them alone. One whose slots
     * have been taken for a while leaves the group, so that the commands of its partitions do not wait for it.
     */
    private void leaveToOthers(ShareConsumer<String, byte[]> queue) {
        if (System.nanoTime() - tookNanos > STANDSTILL.toNanos()) {
            leave(queue);
        }
    }

    private void leave(ShareConsumer<String, byte[]> queue) {
        if (joined) {
            queue.unsubscribe();
            joined = false;
        }
    }

    private void take(ShareConsumer<String, byte[]> queue, ConsumerRecords<String, byte[]> polled)
            throws InterruptedException {
        List<Taken> batch = readable(queue, polled);
        boolean complained = false;
        while (!stopping && !batch.isEmpty()) {
            try {
                start(queue, batch, claimer.claim(batch));
                return;
            } catch (SQLException e) {
                if (!complained) {
                    LOG.warnf(
                            "%d commands cannot be claimed and are kept until PostgreSQL is back: %s",
                            batch.size(), e.getMessage());
                }
                complained = true;
                batch = kept(queue, batch);
            }
        }
        queue.commitAsync();
    }

    /**
     * Accepts before the work, the one place where that is safe: the lease is ours, so that a redelivery is refused, and if
     * this process dies the lease's end sends the job again. For the same reason the jobs run whatever becomes of that.
     */
    private void start(ShareConsumer<String, byte[]> queue, List<Taken> batch, List<Assignment> ours) {
        try {
            acknowledge(queue, batch, AcknowledgeType.ACCEPT);
            queue.commitAsync();
        } finally {
            ours.forEach(executor::start);
        }
    }

    /**
     * Keeps a batch that cannot be claimed: released records would be archived after five deliveries. The next poll gives
     * renewed records again and no fresh ones; what could not be renewed is delivered anew, to whomever.
     */
    private List<Taken> kept(ShareConsumer<String, byte[]> queue, List<Taken> batch) throws InterruptedException {
        acknowledge(queue, batch, AcknowledgeType.RENEW);
        queue.commitSync(CLOSE);
        pause();
        return readable(queue, queue.poll(POLL));
    }

    private static void acknowledge(ShareConsumer<String, byte[]> queue, List<Taken> batch, AcknowledgeType as) {
        for (Taken taken : batch) {
            queue.acknowledge(taken.record(), as);
        }
    }

    /** The commands among the records. What is none is accepted at once; the projection buries it. */
    private List<Taken> readable(ShareConsumer<String, byte[]> queue, ConsumerRecords<String, byte[]> polled) {
        List<Taken> batch = new ArrayList<>(polled.count());
        for (ConsumerRecord<String, byte[]> record : polled) {
            try {
                batch.add(Commands.read(record, seal));
            } catch (Undecodable e) {
                LOG.errorf(
                        "%s/%d/%d is no command of this fleet and is passed over: %s",
                        record.topic(), record.partition(), record.offset(), e.getMessage());
                queue.acknowledge(record, AcknowledgeType.ACCEPT);
            }
        }
        return batch;
    }

    private void pause() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
}
