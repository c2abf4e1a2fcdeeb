package dev.accepted.engine.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.IdSeal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private static final IdSeal OURS = seal("a key of this fleet's own");
    private static final byte[] INPUT = {'{', '}'};

    @Test
    void aCommandIsReadWithWhatCameWithIt() throws Exception {
        JobCommand command = command(OURS, "acme");
        Commands.Taken taken = Commands.read(record(command), OURS);
        assertEquals(command, taken.command());
        assertArrayEquals(INPUT, taken.record().value());
        assertEquals(7, taken.toClaim().command().offset());
    }

    @Test
    void aSealOfAnotherFleetIsRefused() {
        JobCommand forged = command(seal("somebody else's key"), "acme");
        assertThrows(Undecodable.class, () -> Commands.read(record(forged), OURS));
    }

    @Test
    void anIdOfAnotherTenantIsRefused() {
        JobCommand theirs = command(OURS, "acme");
        JobCommand forged = new JobCommand(theirs.id(), "evil", "probe.noop", "probe", 1, JobFacts.NONE, null, null);
        assertThrows(Undecodable.class, () -> Commands.read(record(forged), OURS));
    }

    @Test
    void aRecordWithoutHeadersIsRefused() {
        ConsumerRecord<String, byte[]> bare = new ConsumerRecord<>("jobs.commands.probe", 0, 7, "key", INPUT);
        assertThrows(Undecodable.class, () -> Commands.read(bare, OURS));
    }

    private static IdSeal seal(String key) {
        return new IdSeal(List.of(key.getBytes(StandardCharsets.UTF_8)));
    }

    private static JobCommand command(IdSeal seal, String tenant) {
        return new JobCommand(
                seal.seal("job", new UUID(0x7000, 1), tenant),
                tenant,
                "probe.noop",
                "probe",
                1,
                JobFacts.NONE,
                null,
                null);
    }

    private static ConsumerRecord<String, byte[]> record(JobCommand command) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("jobs.commands.probe", 0, 7, "key", INPUT);
        CommandHeaders.write(command)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
