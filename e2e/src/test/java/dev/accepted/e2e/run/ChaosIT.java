package dev.accepted.e2e.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.e2e.scenario.DuplicateCommands;
import dev.accepted.e2e.scenario.FreezeWorker;
import dev.accepted.e2e.scenario.KafkaAway;
import dev.accepted.e2e.scenario.KillBroker;
import dev.accepted.e2e.scenario.KillGateway;
import dev.accepted.e2e.scenario.KillWorker;
import dev.accepted.e2e.scenario.PoisonRecords;
import dev.accepted.e2e.scenario.PostgresAway;
import dev.accepted.e2e.scenario.ResetOffsets;
import dev.accepted.e2e.scenario.RestartPostgres;
import dev.accepted.e2e.scenario.RollingRestart;
import dev.accepted.e2e.scenario.ScaleWorkers;
import dev.accepted.e2e.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every promise, while everything breaks that can, for as long as it is told. */
@Tag("chaos")
class ChaosIT {

    private static final Duration OUTAGE = Duration.ofSeconds(30);

    private static final List<Scenario> SCENARIOS = List.of(
            new KillWorker(),
            new KillGateway(),
            new KillBroker(),
            new RestartPostgres(),
            new FreezeWorker(),
            new KafkaAway(OUTAGE),
            new PostgresAway(OUTAGE),
            new RollingRestart(),
            new ScaleWorkers(),
            new ResetOffsets(),
            new DuplicateCommands(),
            new PoisonRecords());

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void everyPromiseIsKeptWhateverBreaks() throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        System.out.println("chaos.seed=" + seed);
        Plan plan = new Plan(
                seed,
                Integer.getInteger("chaos.jobs", 20_000),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                schedule(Integer.getInteger("chaos.breaks", 40), new Random(seed)),
                List.of("--gateways", "2", "--workers", "probe=4", "--brokers", "3"));
        Report report;
        try {
            report = new Run(plan).play(directory, Path.of("target", "chaos-logs"));
        } catch (Exception e) {
            throw new IllegalStateException("The run with chaos.seed=" + seed + " could not be brought to its end", e);
        }
        Files.writeString(Path.of("target", "chaos-report.md"), report.markdown());
        assertTrue(report.kept(), () -> "With chaos.seed=" + seed + ":\n" + report.markdown());
        System.out.println(report.markdown());
    }

    /** Every scenario before any comes again, in another order each time. */
    private static List<Scenario> schedule(int breaks, Random chance) {
        List<Scenario> schedule = new ArrayList<>();
        while (schedule.size() < breaks) {
            List<Scenario> round = new ArrayList<>(SCENARIOS);
            Collections.shuffle(round, chance);
            schedule.addAll(round.subList(0, Math.min(round.size(), breaks - schedule.size())));
        }
        return schedule;
    }
}
