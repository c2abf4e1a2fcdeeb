package dev.accepted.e2e.scenario;

import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.log.Topics;
import dev.accepted.e2e.history.Poison;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Somebody writes to the topics what is not of the contract. */
public final class PoisonRecords implements Scenario {

    private static final byte[] NONSENSE = "{\"this\":\"is cut".getBytes(StandardCharsets.UTF_8);
    private static final String COMMANDS = Topics.commands("probe");

    private record Dose(String what, String topic, String jobId, Map<String, String> headers, byte[] value) {}

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        JobCommand forged = forged(chance);
        String stranger = forged.id().text();
        List<Dose> doses = List.of(
                new Dose("a command without headers", COMMANDS, "", Map.of(), NONSENSE),
                new Dose("an empty command", COMMANDS, "", Map.of(), new byte[0]),
                new Dose("a command of no job", COMMANDS, "", Map.of("ce_type", CommandHeaders.TYPE), NONSENSE),
                new Dose(
                        "a command that no gateway sealed",
                        Topics.LATER,
                        stranger,
                        CommandHeaders.write(forged),
                        NONSENSE),
                new Dose("an event cut short", Topics.EVENTS, "", Map.of(), NONSENSE),
                new Dose("an empty event", Topics.EVENTS, "", Map.of(), new byte[0]),
                new Dose("an event of no job", Topics.EVENTS, "", Map.of(), "{}".getBytes(StandardCharsets.UTF_8)));
        try (Log log = new Log(fleet.brokers())) {
            for (Dose dose : doses) {
                fleet.history()
                        .saw(new Poison(
                                log.append(dose.topic, "poison", dose.headers, dose.value), dose.what, dose.jobId));
            }
        }
    }

    private static JobCommand forged(RandomGenerator chance) {
        byte[] key = new byte[32];
        chance.nextBytes(key);
        JobId id = new IdSeal(List.of(key)).seal("job", new UuidV7(Clock.systemUTC(), chance).next(), "local");
        return new JobCommand(id, "local", "probe.noop", "probe", 0, JobFacts.NONE, null, null);
    }
}
