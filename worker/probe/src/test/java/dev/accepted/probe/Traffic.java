package dev.accepted.probe;

import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.log.Topics;
import dev.accepted.localstack.LocalStack;
import dev.accepted.testkit.WorkerStack;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Commands to the worker, and the events and dead letters that it writes from now on. */
final class Traffic implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final UuidV7 UUIDS = new UuidV7(Clock.systemUTC(), new SecureRandom());

    private final List<JobEvent> events = new ArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> dead = new ArrayList<>();
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> log;

    Traffic() {
        Map<String, Object> client =
                Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers());
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
        log = new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(Topics.EVENTS, Topics.DEAD)) {
            log.partitionsFor(topic).forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
        }
        log.assign(partitions);
        log.seekToEnd(partitions);
        partitions.forEach(log::position);
    }

    static JobCommand command(String type, int attempt) {
        return command(type, attempt, null);
    }

    static JobCommand command(String type, int attempt, @Nullable Instant deadline) {
        JobId id = WorkerStack.seal().seal("job", UUIDS.next(), "local");
        JobFacts facts = new JobFacts(null, deadline, null, Map.of(), Map.of(), Map.of(), null);
        return new JobCommand(id, "local", type, "probe", attempt, facts, null, null);
    }

    JobCommand send(JobCommand command, String input) throws Exception {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(command.topic(), command.id().text(), input.getBytes(StandardCharsets.UTF_8));
        CommandHeaders.write(command)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        sendRaw(record);
        return command;
    }

    void sendRaw(ProducerRecord<String, byte[]> record) throws Exception {
        producer.send(record).get();
    }

    /** The job's first event that is wanted. */
    JobEvent await(JobCommand job, Predicate<JobEvent> wanted) throws Exception {
        return until(
                "such an event of " + job.id(),
                () -> of(job).stream().filter(wanted).findFirst());
    }

    /** The event that ended the job's attempt. */
    JobEvent awaitEnd(JobCommand job) throws Exception {
        return await(job, e -> e.event().endsAttempt());
    }

    /** The record of the job in {@code jobs.dead}. */
    ConsumerRecord<String, byte[]> awaitDead(JobCommand job) throws Exception {
        return until(
                "dead letter of " + job.id(),
                () -> dead.stream().filter(r -> job.id().text().equals(r.key())).findFirst());
    }

    /** Waits until it is so, looking again each moment. */
    void await(String what, Callable<Boolean> isSo) throws Exception {
        until(what, () -> isSo.call() ? Optional.of(true) : Optional.empty());
    }

    /** The events of a job that came so far. */
    List<JobEvent> of(JobCommand job) {
        return events.stream().filter(e -> e.jobId().equals(job.id().text())).toList();
    }

    /** Listens for so long. */
    void listen(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            hear();
        }
    }

    private <T> T until(String what, Callable<Optional<T>> look) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<T> found = look.call();
            if (found.isPresent()) {
                return found.get();
            }
            hear();
        }
        throw new AssertionError("No " + what + " within " + PATIENCE + "; seen: " + events);
    }

    private void hear() throws Exception {
        for (ConsumerRecord<String, byte[]> record : log.poll(MOMENT)) {
            if (record.topic().equals(Topics.DEAD)) {
                dead.add(record);
            } else {
                events.add(JobEvent.read(record.value()));
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        log.close();
    }
}
