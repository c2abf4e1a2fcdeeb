package dev.accepted.localstack.kafka;

import java.util.Map;
import java.util.Properties;

/** What a broker of this stack is told: as durable as in production, as small as a laptop likes it. */
final class BrokerSettings {

    /** Small on purpose: the state of one stack's few groups needs no more, and each partition costs start-up time. */
    private static final String INTERNAL_PARTITIONS = "3";

    private BrokerSettings() {}

    static Properties of(KafkaBroker broker, int clusterSize, String voters) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(broker.id()),
                "controller.quorum.voters",
                voters,
                "listeners",
                "BROKER://" + broker.address() + ",CONTROLLER://127.0.0.1:" + broker.controllerPort(),
                "advertised.listeners",
                "BROKER://" + broker.address(),
                "listener.security.protocol.map",
                "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name",
                "BROKER",
                "controller.listener.names",
                "CONTROLLER",
                "log.dirs",
                broker.data().toAbsolutePath().toString()));
        durability(settings, Integer.toString(Math.min(3, clusterSize)), clusterSize >= 3 ? "2" : "1");
        groups(settings, clusterSize);
        size(settings);
        return settings;
    }

    /** What does not depend on where a broker is: the only one of its cluster is told this. */
    static Properties ofTheOnly() {
        Properties settings = new Properties();
        durability(settings, "1", "1");
        groups(settings, 1);
        return settings;
    }

    private static void durability(Properties settings, String replicas, String inSync) {
        settings.putAll(Map.of(
                "default.replication.factor", replicas,
                "min.insync.replicas", inSync,
                "unclean.leader.election.enable", "false",
                "auto.create.topics.enable", "false",
                "log.message.timestamp.type", "LogAppendTime"));
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", replicas,
                "offsets.topic.num.partitions", INTERNAL_PARTITIONS,
                "transaction.state.log.replication.factor", replicas,
                "transaction.state.log.min.isr", inSync,
                "transaction.state.log.num.partitions", INTERNAL_PARTITIONS,
                "share.coordinator.state.topic.replication.factor", replicas,
                "share.coordinator.state.topic.min.isr", inSync,
                "share.coordinator.state.topic.num.partitions", INTERNAL_PARTITIONS));
    }

    /** Members learn of their partitions at a heartbeat, and of a death when it is overdue: people wait for both. */
    private static void groups(Properties settings, int clusterSize) {
        settings.putAll(Map.of(
                // The partitions of a worker that was killed are nobody's until its session ends: 45 s by default.
                "group.share.min.session.timeout.ms", "3000",
                "group.share.session.timeout.ms", "6000"));
        settings.putAll(Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000",
                "group.share.min.heartbeat.interval.ms", "500",
                "group.share.heartbeat.interval.ms", "500",
                "group.consumer.min.heartbeat.interval.ms", "500",
                "group.consumer.heartbeat.interval.ms", "1000",
                "broker.heartbeat.interval.ms", "500",
                // A broker that was killed cannot come back before its old session has ended.
                "broker.session.timeout.ms", clusterSize == 1 ? "3000" : "6000"));
    }

    private static void size(Properties settings) {
        settings.putAll(Map.of(
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                "log.cleaner.threads", "1",
                // The default of 128 MiB is a third of the heap that this broker gets.
                "log.cleaner.dedupe.buffer.size", "8388608",
                "group.coordinator.threads", "1",
                "share.coordinator.threads", "1"));
    }
}
