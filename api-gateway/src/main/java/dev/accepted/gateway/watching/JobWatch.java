package dev.accepted.gateway.watching;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.projection.Pulse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Tells whoever follows a job of its states, whichever gateway folds it. Safe for use by many threads; never blocks.
 * Followers are called on threads that serve all others too, and must be quick.
 */
@Singleton
public class JobWatch {

    private static final Logger LOG = Logger.getLogger(JobWatch.class);

    private final EventTail tail;
    private final TableWatch table;
    private final EventPartitions partitions;
    private final ConcurrentMap<String, Watched> jobs = new ConcurrentHashMap<>();

    JobWatch(EventTail tail, TableWatch table, EventPartitions partitions, Pulse pulse) {
        this.tail = tail;
        this.table = table;
        this.partitions = partitions;
        tail.tell(new FromTheLog());
        pulse.onChange(this::committed);
    }

    /** Ends what was begun with {@link #follow}; once more does no harm. */
    @FunctionalInterface
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Follows a job until that is closed.
     *
     * @param known how the job was found; it must be genuine, and its tenant's
     * @param follower gets states in their order, beginning with what is known, some of them twice; those that come
     *     quickly one after the other may be left out but for the last
     */
    public Following follow(JobState known, Consumer<JobState> follower) {
        String id = known.id().text();
        Watched job = jobs.compute(id, (same, there) -> {
            Watched watched = there == null ? watched(known) : there;
            watched.add(follower);
            return watched;
        });
        if (job.begin()) {
            // Only now, when what is read finds the job here.
            var unused = job.seat().place().thenAccept(offset -> {
                job.hearsFrom(offset);
                table.cover(job);
            });
        }
        job.greet(known, follower);
        return () -> leave(id, follower);
    }

    private Watched watched(JobState known) {
        int partition = partitions.of(known.id().text());
        return new Watched(known, partition, tail.join(partition));
    }

    private void leave(String id, Consumer<JobState> follower) {
        jobs.computeIfPresent(id, (same, job) -> {
            boolean last = job.remove(follower) && !job.isFollowed();
            if (last) {
                tail.leave(job.partition());
            }
            return last ? null : job;
        });
    }

    /** How many jobs are followed. */
    int jobs() {
        return jobs.size();
    }

    private void committed(JobState row) {
        Watched job = jobs.get(row.id().text());
        if (job != null) {
            job.committed(row);
        }
    }

    /** What the log says. */
    private final class FromTheLog implements EventTail.Listener {

        @Override
        public void appended(ConsumerRecord<String, byte[]> record) {
            Watched job = record.key() == null ? null : jobs.get(record.key());
            if (job != null) {
                try {
                    hear(job, JobEvent.read(record.value()), record);
                } catch (Undecodable e) {
                    // Whoever folds the partition says so, and buries it.
                    LOG.debugf("An event of %s does not read: %s", record.key(), e.getMessage());
                }
            }
        }

        private void hear(Watched job, JobEvent event, ConsumerRecord<String, byte[]> record) {
            Position at = new Position(record.topic(), record.partition(), record.offset());
            boolean news = event.jobId().equals(job.id().text())
                    && job.hear(event, at, Instant.ofEpochMilli(record.timestamp()));
            if (news) {
                table.awaitRow(job);
            }
        }

        @Override
        public void skipped(int partition, long offset) {
            jobs.values().stream().filter(job -> job.partition() == partition).forEach(job -> {
                job.hearsFrom(offset);
                table.cover(job);
            });
        }
    }
}
