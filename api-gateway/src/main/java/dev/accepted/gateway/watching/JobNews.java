package dev.accepted.gateway.watching;

import dev.accepted.gateway.watching.JobWatch.Following;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tells of every job that something happened to, whichever gateway folds it: all of {@code jobs.events} is read for that,
 * as long as somebody listens. Safe for use by many threads.
 */
@Singleton
public class JobNews {

    /** Hears of jobs, on a thread that serves others too: must be quick. */
    @FunctionalInterface
    public interface Listener {

        /**
         * An event of a job lies in the log; its row may not have it yet.
         *
         * @param offset the event's; the row has it once its own is not below that
         */
        void happened(String jobId, long offset);
    }

    private final EventTail tail;
    private final EventPartitions partitions;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    JobNews(EventTail tail, EventPartitions partitions) {
        this.tail = tail;
        this.partitions = partitions;
        tail.tell(new EventTail.Listener() {
            @Override
            public void appended(ConsumerRecord<String, byte[]> record) {
                if (record.key() != null) {
                    listeners.forEach(listener -> listener.happened(record.key(), record.offset()));
                }
            }

            @Override
            public void skipped(int partition, long offset) {
                // What nobody could hear of is not told.
            }
        });
    }

    /** Listens to what comes from now on, until that is closed. */
    public Following follow(Listener listener) {
        listeners.add(listener);
        for (int partition = 0; partition < partitions.count(); partition++) {
            var unused = tail.join(partition);
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                listeners.remove(listener);
                for (int partition = 0; partition < partitions.count(); partition++) {
                    tail.leave(partition);
                }
            }
        };
    }
}
