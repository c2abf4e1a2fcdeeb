package dev.accepted.engine.intake;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.log.Position;
import dev.accepted.store.lease.LeasedCommand;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads a command from the record that carries it. */
final class Commands {

    private Commands() {}

    /** A command and the record that carries it. */
    record Taken(JobCommand command, ConsumerRecord<String, byte[]> record) {

        LeasedCommand toClaim() {
            return new LeasedCommand(
                    command.id().uuid(),
                    command.id().text(),
                    command.tenant(),
                    command.type(),
                    command.queue(),
                    command.attempt(),
                    null,
                    new Position(record.topic(), record.partition(), record.offset()));
        }
    }

    /** Refuses what is not of the contract and what was not sealed by this fleet. */
    static Taken read(ConsumerRecord<String, byte[]> record, IdSeal seal) throws Undecodable {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        JobCommand command = CommandHeaders.read(headers);
        if (!seal.verifies(command.id(), command.tenant())) {
            throw new Undecodable("the seal of " + command.id() + " is not one of this fleet for that tenant");
        }
        return new Taken(command, record);
    }
}
