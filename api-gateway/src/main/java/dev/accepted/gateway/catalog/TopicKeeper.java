package dev.accepted.gateway.catalog;

import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.system.GatewayConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Makes the topics that must be there, each gateway at its start, as often as it takes. Queues' topics are their
 * workers' business.
 *
 * <p>The partition a job's events lie in follows from their number, so a {@code jobs.events} of another number is
 * refused: this gateway then never becomes ready.
 */
@ApplicationScoped
public class TopicKeeper {

    private static final Logger LOG = Logger.getLogger(TopicKeeper.class);
    private static final long PATIENCE_SECONDS = 10;
    private static final long TICK_SECONDS = 2;

    private final Map<String, Object> kafka;
    private final GatewayConfig config;
    private final CompletableFuture<Void> kept = new CompletableFuture<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "topic-keeper");
        thread.setDaemon(true);
        return thread;
    });
    private String lastFault = "";

    TopicKeeper(@Identifier("default-kafka-broker") Map<String, Object> kafka, GatewayConfig config) {
        this.kafka = kafka;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        // A tick never throws, so nobody has to look at what this returns.
        var unused = ticks.scheduleWithFixedDelay(this::tick, 0, TICK_SECONDS, TimeUnit.SECONDS);
    }

    /** Done once the topics are there and right; not before, however long that takes. */
    public CompletableFuture<Void> kept() {
        return kept.copy();
    }

    private void tick() {
        try {
            keep();
            kept.complete(null);
            ticks.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException e) {
            report(e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e);
        }
    }

    /** @throws IllegalStateException a topic is there and cannot be used as it is */
    void keep() throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "topic-keeper");
        try (Admin admin = Admin.create(settings)) {
            make(admin);
            check(admin);
        }
    }

    private void report(Throwable fault) {
        // A topic just made takes a moment to be known to every broker.
        if (!(fault instanceof UnknownTopicOrPartitionException) && !lastFault.equals(fault.toString())) {
            lastFault = fault.toString();
            LOG.errorf(
                    "The topics are not as they must be: %s. Not ready; trying again every %d s", fault, TICK_SECONDS);
        }
    }

    private void make(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> there = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        for (NewTopic topic : wanted()) {
            if (!there.contains(topic.name())) {
                try {
                    admin.createTopics(List.of(topic)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    LOG.infof("Made topic %s", topic.name());
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
    }

    private void check(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        int wanted = config.topics().eventPartitions();
        int found = admin
                .describeTopics(List.of(Topics.EVENTS))
                .allTopicNames()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .values()
                .stream()
                .mapToInt(topic -> topic.partitions().size())
                .sum();
        if (found != wanted) {
            throw new IllegalStateException(Topics.EVENTS + " has " + found + " partitions and"
                    + " accepted.topics.event-partitions is " + wanted + ": set it to " + found
                    + ", the topic's number can never change");
        }
    }

    private List<NewTopic> wanted() {
        int events = config.topics().eventPartitions();
        String retention = Long.toString(config.retention().toMillis());
        return List.of(
                topic(Topics.CATALOG, 1, TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT),
                topic(Topics.SCHEDULES, 1, TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT),
                topic(Topics.LATER, events, TopicConfig.RETENTION_MS_CONFIG, retention),
                topic(Topics.EVENTS, events, TopicConfig.RETENTION_MS_CONFIG, retention),
                topic(Topics.DEAD, 1, TopicConfig.RETENTION_MS_CONFIG, "-1"));
    }

    private NewTopic topic(String name, int partitions, String setting, String value) {
        return new NewTopic(name, partitions, config.topics().replication())
                .configs(Map.of(
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime",
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        Integer.toString(config.topics().minIsr()),
                        TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                        "false",
                        setting,
                        value));
    }

    @PreDestroy
    void stop() {
        ticks.shutdownNow();
    }
}
