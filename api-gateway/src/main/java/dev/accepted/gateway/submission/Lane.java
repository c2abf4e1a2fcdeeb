package dev.accepted.gateway.submission;

import dev.accepted.contract.log.Position;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One topic's way into the producer: a thread that may wait for the topic, and a queue in which nothing grows old.
 *
 * <p>{@link Producer#send} waits for a topic's metadata and for buffer space; no request's thread must.
 */
final class Lane {

    private static final Logger LOG = Logger.getLogger(Lane.class);
    private static final int LONGEST_QUEUE = 20_000;
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final Duration REPORTED_EVERY = Duration.ofSeconds(10);
    private static final String NOT_IN_TIME = "the log could not be reached in time";

    private final String topic;
    private final CommandLog log;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong reportedAt = new AtomicLong();
    private final ThreadPoolExecutor sender;

    Lane(String topic, CommandLog log) {
        this.topic = topic;
        this.log = log;
        this.sender = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(LONGEST_QUEUE),
                task -> new Thread(task, "command-log " + topic));
        sender.allowCoreThreadTimeOut(true);
    }

    void send(ProducerRecord<String, byte[]> record, UniEmitter<? super Position> answer) {
        long since = System.nanoTime();
        try {
            sender.execute(() -> sendUnlessOld(record, since, answer));
        } catch (RejectedExecutionException full) {
            answer.fail(refusal("more commands wait for " + topic + " than it takes"));
        }
    }

    private void sendUnlessOld(ProducerRecord<String, byte[]> record, long since, UniEmitter<? super Position> answer) {
        if (System.nanoTime() - since > CommandLog.QUEUED_AT_MOST.toNanos()) {
            answer.fail(refusal(NOT_IN_TIME));
            return;
        }
        try {
            send(log.producer(), record, answer);
        } catch (KafkaException e) {
            settle(null, e, false, answer);
        }
    }

    private void send(
            Producer<String, byte[]> producer,
            ProducerRecord<String, byte[]> record,
            UniEmitter<? super Position> answer) {
        Thread sending = Thread.currentThread();
        try {
            var unused = producer.send(record, (metadata, fault) -> {
                // What comes to this very thread was never handed over. Of the rest nobody knows: a broker may have it.
                boolean maybeTaken = fault instanceof RetriableException && Thread.currentThread() != sending;
                settle(metadata, fault, maybeTaken, answer);
            });
        } catch (KafkaException | IllegalStateException e) {
            // What a broker refuses comes to the callback; what is thrown says that this producer is done for.
            log.discard(producer);
            settle(null, e, false, answer);
        }
    }

    private void settle(
            @Nullable RecordMetadata metadata,
            @Nullable Exception fault,
            boolean maybeTaken,
            UniEmitter<? super Position> answer) {
        if (fault == null && metadata != null) {
            answer.complete(new Position(metadata.topic(), metadata.partition(), metadata.offset()));
        } else {
            report(fault);
            answer.fail(
                    maybeTaken
                            ? unknown()
                            : refusal(fault instanceof RetriableException ? NOT_IN_TIME : "the log does not take it"));
        }
    }

    /** An outage makes one fault a request, and a line every few seconds. */
    private void report(@Nullable Exception fault) {
        long count = refused.incrementAndGet();
        long last = reportedAt.get();
        long now = System.nanoTime();
        if ((count == 1 || now - last > REPORTED_EVERY.toNanos()) && reportedAt.compareAndSet(last, now)) {
            LOG.errorf(
                    "%s takes no commands (%s); %d were refused since the start, their clients try again",
                    topic, fault, count);
        }
    }

    private static Problem refusal(String why) {
        return Problems.reducedCapacity(
                "The job was not accepted: " + why + ". Send the same request again.", RETRY_AFTER_SECONDS);
    }

    private static Problem unknown() {
        return Problems.reducedCapacity(
                        "It is not known whether the job was accepted: the log did not answer in time and may have taken"
                                + " it. Send the same request again; two jobs may come of it.",
                        RETRY_AFTER_SECONDS)
                .with("maybe_accepted", true);
    }

    void stop() {
        // What still waits is refused as soon as the producer is closed.
        sender.shutdown();
    }
}
