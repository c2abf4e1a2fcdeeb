package dev.accepted.gateway.catalog;

import com.fasterxml.jackson.core.JacksonException;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all of {@code jobs.catalog} from its start and follows it, on a thread of its own. What it has read stays
 * known when Kafka goes away. Its snapshots may be read by many threads.
 */
@ApplicationScoped
public class CatalogFollower implements Catalog {

    private static final Logger LOG = Logger.getLogger(CatalogFollower.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.CATALOG, 0);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 1_000;

    private final Map<String, Object> kafka;
    private final TopicKeeper topics;
    private final DescriptorRules rules;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable CatalogSnapshot snapshot;
    private volatile @Nullable Consumer<String, byte[]> consumer;

    CatalogFollower(@Identifier("default-kafka-broker") Map<String, Object> kafka, TopicKeeper topics, OwnPaths own) {
        this.kafka = kafka;
        this.topics = topics;
        this.rules = new DescriptorRules(own);
    }

    void start(@Observes StartupEvent event) {
        var unused = topics.kept().thenRun(() -> {
            Thread thread = new Thread(this::follow, "catalog-follower");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /**
     * The catalog as it is now.
     *
     * @throws Problem 503 as long as it has not been read once
     */
    public CatalogSnapshot current() {
        CatalogSnapshot now = snapshot;
        if (now == null) {
            throw Problems.reducedCapacity("The catalog of job types has not been read yet; nothing was done.", 2);
        }
        return now;
    }

    /** The catalog as far as it is known: no type at all as long as it has not been read once. */
    public CatalogSnapshot known() {
        CatalogSnapshot now = snapshot;
        return now == null ? CatalogSnapshot.EMPTY : now;
    }

    @Override
    public Optional<JobTypeDescriptor> byType(String type) {
        return known().byType(type).map(AnnouncedType::descriptor);
    }

    @Override
    public List<JobTypeDescriptor> all() {
        return known().all().stream().map(AnnouncedType::descriptor).toList();
    }

    /** Whether all that was announced before this gateway started has been read. */
    boolean isRead() {
        return snapshot != null;
    }

    private void follow() {
        while (stopped.getCount() > 0) {
            try {
                readAndFollow();
            } catch (WakeupException e) {
                return;
            } catch (KafkaException e) {
                LOG.warnf("Following %s broke off (%s); beginning again in %d ms", Topics.CATALOG, e, PAUSE_MILLIS);
            }
            pause();
        }
    }

    private void pause() {
        try {
            if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("Stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }

    private void readAndFollow() {
        TreeMap<String, AnnouncedType> types = new TreeMap<>();
        try (Consumer<String, byte[]> reader = new KafkaConsumer<>(settings())) {
            consumer = reader;
            reader.assign(List.of(PARTITION));
            reader.seekToBeginning(List.of(PARTITION));
            Long end = reader.endOffsets(List.of(PARTITION)).get(PARTITION);
            boolean whole = end == null;
            while (stopped.getCount() > 0) {
                ConsumerRecords<String, byte[]> records = reader.poll(POLL);
                records.forEach(announced -> take(announced, types));
                whole = whole || end == null || reader.position(PARTITION) >= end;
                if (whole && (!records.isEmpty() || snapshot == null)) {
                    snapshot = new CatalogSnapshot(types);
                    LOG.infof("Job types: %s", types.keySet());
                }
            }
        } finally {
            consumer = null;
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "catalog-follower");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    private void take(ConsumerRecord<String, byte[]> announced, Map<String, AnnouncedType> types) {
        String type = announced.key();
        if (type == null) {
            LOG.warnf("A descriptor without a key at offset %d is passed over", announced.offset());
        } else if (announced.value() == null) {
            types.remove(type);
        } else {
            read(type, announced).ifPresent(read -> types.put(type, read));
        }
    }

    private Optional<AnnouncedType> read(String type, ConsumerRecord<String, byte[]> announced) {
        try {
            JobTypeDescriptor descriptor = Wire.JSON.readValue(announced.value(), JobTypeDescriptor.class);
            Optional<String> fault = rules.against(type, descriptor);
            if (fault.isEmpty()) {
                return Optional.of(new AnnouncedType(descriptor, InputSchema.compile(descriptor.inputSchema())));
            }
            LOG.warnf("Type %s stays as it was: %s", type, fault.get());
        } catch (JacksonException e) {
            LOG.warnf("Type %s stays as it was, its descriptor does not read: %s", type, e.getOriginalMessage());
        } catch (IOException | RuntimeException e) {
            // The validator throws what it likes for a schema that does not compile.
            LOG.warnf("Type %s stays as it was, its schema does not compile: %s", type, e.getMessage());
        }
        return Optional.empty();
    }

    @PreDestroy
    void stop() {
        stopped.countDown();
        Consumer<String, byte[]> reader = consumer;
        if (reader != null) {
            reader.wakeup();
        }
    }
}
