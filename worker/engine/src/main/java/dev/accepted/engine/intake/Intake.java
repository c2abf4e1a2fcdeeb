package dev.accepted.engine.intake;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.log.Topics;
import dev.accepted.engine.execution.Assignment;
import dev.accepted.engine.execution.JobExecutor;
import dev.accepted.engine.execution.RunningJobs;
import dev.accepted.engine.intake.Commands.Taken;
import dev.accepted.engine.process.EngineConfig;
import dev.accepted.engine.types.HandlerRegistry;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One thread's loop over the queue: wait for free slots → poll → claim → accept → start. */
@Singleton
public class Intake implements Runnable {

    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Map<String, Object> settings = new HashMap<>();
    private final String topic;
    private final int records;
    private final RunningJobs running;
    private final Claimer claimer;
    private final JobExecutor executor;
    private volatile boolean stopping;
    private volatile @Nullable ShareConsumer<String, byte[]> consumer;
    private boolean claims = true;

    Intake(
            HandlerRegistry handlers,
            RunningJobs running,
            Claimer claimer,
            JobExecutor executor,
            EngineConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.topic = Topics.commands(handlers.queue());
        this.running = running;
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
        try (ShareConsumer<String, byte[]> queue =
                new KafkaShareConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer = queue;
            queue.subscribe(List.of(topic));
            while (!stopping) {
                takeSome(queue);
            }
            queue.close(CLOSE);
        } catch (WakeupException e) {
            LOG.debug("Woken up to stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            consumer = null;
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

    private void takeSome(ShareConsumer<String, byte[]> queue) throws InterruptedException {
        if (!running.awaitFree(records, POLL)) {
            return;
        }
        try {
            ConsumerRecords<String, byte[]> polled = queue.poll(POLL);
            if (!polled.isEmpty()) {
                take(queue, polled);
            }
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf(e, "Taking commands from %s failed; tried again in %s", topic, PAUSE);
            pause();
        }
    }

    private void take(ShareConsumer<String, byte[]> queue, ConsumerRecords<String, byte[]> polled)
            throws InterruptedException {
        List<Taken> batch = readable(polled);
        List<Assignment> ours;
        try {
            ours = batch.isEmpty() ? List.of() : claimer.claim(batch);
            claims = true;
        } catch (SQLException e) {
            keep(queue, polled, e);
            return;
        }
        // Accepted before the work, the one place where that is safe: the lease is ours, so that a redelivery is
        // refused, and if this process dies the lease's end sends the job again.
        for (ConsumerRecord<String, byte[]> record : polled) {
            queue.acknowledge(record, AcknowledgeType.ACCEPT);
        }
        queue.commitAsync();
        ours.forEach(executor::start);
    }

    private static List<Taken> readable(ConsumerRecords<String, byte[]> polled) {
        List<Taken> batch = new ArrayList<>(polled.count());
        for (ConsumerRecord<String, byte[]> record : polled) {
            try {
                batch.add(Commands.read(record));
            } catch (Undecodable e) {
                LOG.errorf(
                        "%s/%d/%d is no command and is passed over: %s",
                        record.topic(), record.partition(), record.offset(), e.getMessage());
            }
        }
        return batch;
    }

    /** Keeps a batch that cannot be claimed: released records would be archived after five deliveries. */
    private void keep(ShareConsumer<String, byte[]> queue, ConsumerRecords<String, byte[]> polled, SQLException reason)
            throws InterruptedException {
        if (claims) {
            LOG.warnf(
                    "%d commands cannot be claimed and are kept until PostgreSQL is back: %s",
                    polled.count(), reason.getMessage());
        }
        claims = false;
        for (ConsumerRecord<String, byte[]> record : polled) {
            queue.acknowledge(record, AcknowledgeType.RENEW);
        }
        queue.commitSync(CLOSE);
        pause();
    }

    private void pause() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
}
