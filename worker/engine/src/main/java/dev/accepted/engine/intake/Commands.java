package dev.accepted.engine.intake;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.log.Position;
import dev.accepted.store.lease.LeasedCommand;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads a command from the record that carries it. */
final class Commands {

    private static final byte[] NOTHING = {};

    private Commands() {}

    /** A command and the bytes that came with it. */
    record Taken(JobCommand command, Position at, byte[] input) {

        LeasedCommand toClaim() {
            return new LeasedCommand(
                    command.id().uuid(),
                    command.id().text(),
                    command.tenant(),
                    command.type(),
                    command.queue(),
                    command.attempt(),
                    null,
                    at);
        }
    }

    static Taken read(ConsumerRecord<String, byte[]> record) throws Undecodable {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return new Taken(
                CommandHeaders.read(headers),
                new Position(record.topic(), record.partition(), record.offset()),
                record.value() == null ? NOTHING : record.value());
    }
}
