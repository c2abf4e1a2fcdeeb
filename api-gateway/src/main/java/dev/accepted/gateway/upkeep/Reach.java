package dev.accepted.gateway.upkeep;

import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.watching.EventPartitions;
import dev.accepted.store.shadow.Carried.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far back the log goes: of which jobs it still has all that is needed.
 *
 * @param begins the first offset of each partition
 * @param since when the first record came of partitions that have lost some; without those that have lost all
 */
record Reach(Map<TopicPartition, Long> begins, Map<TopicPartition, Instant> since) {

    /** Ids have a gateway's time, records a broker's. */
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(1);

    /** Whether nothing was ever lost. */
    boolean isWhole() {
        return begins.values().stream().allMatch(begin -> begin == 0);
    }

    /** Jobs that were accepted from then on are all covered. */
    Instant lostBefore(Instant now) {
        long cut = begins.values().stream().filter(begin -> begin > 0).count();
        Instant last = cut > since.size()
                ? now
                : since.values().stream().max(Instant::compareTo).orElse(Instant.EPOCH);
        return last.plus(CLOCKS_DIFFER_BY);
    }

    /** Whether the log has all events of a job, and a command. */
    boolean covers(Traces job, EventPartitions events) {
        return coversCommand(job.command()) && (job.event() < 0 || coversEvents(job, events));
    }

    private boolean coversCommand(@Nullable Position at) {
        return at == null || at.offset() >= begin(new TopicPartition(at.topic(), at.partition()));
    }

    private boolean coversEvents(Traces job, EventPartitions events) {
        TopicPartition partition =
                new TopicPartition(Topics.EVENTS, events.of(job.job().text()));
        long begin = begin(partition);
        Instant first = since.get(partition);
        return begin == 0
                || job.event() >= begin
                        && first != null
                        && !job.job().createdAt().isBefore(first.plus(CLOCKS_DIFFER_BY));
    }

    /** Of a partition that is not there any more everything is lost. */
    private long begin(TopicPartition partition) {
        return begins.getOrDefault(partition, Long.MAX_VALUE);
    }
}
