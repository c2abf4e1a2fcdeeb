package dev.accepted.e2e.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.e2e.scenario.DuplicateCommands;
import dev.accepted.e2e.scenario.FreezeWorker;
import dev.accepted.e2e.scenario.KillGateway;
import dev.accepted.e2e.scenario.KillWorker;
import dev.accepted.e2e.scenario.PoisonRecords;
import dev.accepted.e2e.scenario.PostgresAway;
import dev.accepted.e2e.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every promise, while things break that break cheaply: the short form of {@link ChaosIT}. */
class PromisesIT {

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void everyPromiseIsKeptWhileProcessesAreKilledAndFrozen() throws Exception {
        long seed = Long.getLong("promises.seed", System.nanoTime());
        System.out.println("promises.seed=" + seed);
        List<Scenario> schedule = new ArrayList<>(List.of(
                new KillWorker(),
                new FreezeWorker(),
                new KillGateway(),
                new PostgresAway(Duration.ofSeconds(4)),
                new DuplicateCommands(),
                new PoisonRecords()));
        Collections.shuffle(schedule, new Random(seed));
        Plan plan = new Plan(
                seed,
                Integer.getInteger("promises.jobs", 1_500),
                Duration.ofSeconds(6),
                Duration.ofSeconds(12),
                schedule,
                List.of("--gateways", "2", "--workers", "probe=2"));
        Report report = new Run(plan).play(directory, Path.of("target", "promises-logs"));
        System.out.println(report.markdown());
        assertTrue(report.kept(), () -> "With promises.seed=" + seed + ":\n" + report.markdown());
        assertEquals(List.of(), report.neverAtStake());
    }
}
