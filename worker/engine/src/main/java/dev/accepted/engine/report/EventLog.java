package dev.accepted.engine.report;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.engine.process.EngineConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

/** Appends events of this worker's jobs to the log. */
@Singleton
public class EventLog {

    private final MutinyEmitter<byte[]> events;
    private final UuidV7 ids;
    private final Clock clock;
    private final String source;

    EventLog(@Channel("events") MutinyEmitter<byte[]> events, UuidV7 ids, Clock clock, EngineConfig config) {
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.source = "/accepted/worker/" + config.worker().name();
    }

    /** Appends an event; completes when the log has it, on whatever thread the log answers. */
    public Uni<Void> append(JobCommand command, Position at, Happening happening) {
        JobEvent event = new JobEvent(
                command.id().text(),
                command.tenant(),
                command.type(),
                command.queue(),
                command.attempt(),
                at,
                happening);
        return append(Topics.EVENTS, event.jobId(), headers(event), event.toJson());
    }

    /** Appends a record as it is. */
    Uni<Void> append(String topic, @Nullable String key, Headers headers, byte[] value) {
        OutgoingKafkaRecordMetadata<String> metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(topic)
                .withKey(key)
                .withHeaders(headers)
                .build();
        return events.sendMessage(Message.of(value, Metadata.of(metadata)));
    }

    private Headers headers(JobEvent event) {
        Headers headers = new RecordHeaders();
        event.headers(ids.next().toString(), source, clock.instant())
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }
}
