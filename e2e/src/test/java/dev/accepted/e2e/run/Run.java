package dev.accepted.e2e.run;

import dev.accepted.contract.log.Topics;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.Database;
import dev.accepted.e2e.LocalSystem;
import dev.accepted.e2e.guarantee.Findings;
import dev.accepted.e2e.guarantee.Guarantee;
import dev.accepted.e2e.guarantee.Guarantees;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Played;
import dev.accepted.e2e.load.Load;
import dev.accepted.e2e.load.Mix;
import dev.accepted.e2e.scenario.Fleet;
import dev.accepted.e2e.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** A run from nothing to the verdict. */
final class Run {

    private static final Duration SETTLE = Duration.ofMinutes(5);
    private static final Duration GLANCE = Duration.ofMillis(250);
    private static final Pattern PROJECTED = Pattern.compile(Topics.PROJECTED);

    private final Plan plan;
    private final History history = new History();
    private final Random chance;
    private final Instant begun = Instant.now();

    Run(Plan plan) {
        this.plan = plan;
        this.chance = new Random(plan.seed());
    }

    /**
     * Does it all, and gives what is to be told of it.
     *
     * @param directory the system's own, which the caller deletes
     * @param logs takes the logs of all processes
     */
    Report play(Path directory, Path logs) throws Exception {
        forget(logs);
        Path executions = directory.resolve("executions");
        Map<String, String> environment = Map.of("PROBE_EXECUTION_LOG", executions.toString());
        LocalSystem system = LocalSystem.up(
                directory.resolve("data"), environment, plan.options().toArray(String[]::new));
        Map<String, Integer> answers;
        try (Fleet fleet = new Fleet(system, environment, history, logs);
                ExecutionWatch watch = new ExecutionWatch(executions, history);
                Load load = new Load(
                        fleet,
                        new Mix(new Random(plan.seed() + 1), plan.longest().toMillis()),
                        new Random(plan.seed() + 2))) {
            say("ready");
            load.findOut();
            for (Scenario scenario : plan.schedule()) {
                load.offer(plan.jobs() / plan.schedule().size(), plan.spread());
                Client.pause(Duration.ofMillis(chance.nextLong(plan.spread().toMillis() / 2)));
                play(scenario, fleet);
            }
            load.awaitDone(SETTLE);
            say("all is submitted");
            settle(fleet);
            say("all has ended");
            load.lookAtAll();
            fleet.audit();
            read(fleet);
            answers = load.tally().counts();
        }
        Map<Guarantee, Findings> verdict = new LinkedHashMap<>();
        Guarantees.all().forEach(guarantee -> verdict.put(guarantee, guarantee.of(history)));
        return new Report(plan, history, answers, verdict, begun, Instant.now());
    }

    /** The logs of another run would lead astray. */
    private static void forget(Path logs) throws IOException {
        Files.createDirectories(logs);
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private void play(Scenario scenario, Fleet fleet) throws Exception {
        Instant from = Instant.now();
        scenario.play(fleet, chance);
        history.saw(new Played(scenario.name(), from, Instant.now()));
        say(scenario.name());
    }

    /** Waits until nothing more happens; a job that never ends is the guarantees' business, not a timeout's. */
    private void settle(Fleet fleet) throws InterruptedException, SQLException {
        Table table = new Table(new Database(fleet.database()));
        long deadline = System.nanoTime() + SETTLE.toNanos();
        try (LogReader log = new LogReader(fleet.brokers())) {
            while (!(isFolded(log, table) && table.unfinished() == 0) && System.nanoTime() < deadline) {
                Client.pause(GLANCE);
            }
        }
    }

    private static boolean isFolded(LogReader log, Table table) throws SQLException {
        Map<TopicPartition, Long> folded = table.folded();
        return log.ends().entrySet().stream()
                .filter(end -> PROJECTED.matcher(end.getKey().topic()).matches())
                .allMatch(end -> folded.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private void read(Fleet fleet) throws SQLException {
        fleet.missing().forEach(history::misses);
        try (LogReader log = new LogReader(fleet.brokers())) {
            log.readInto(history);
        }
        new Table(new Database(fleet.database())).jobs().forEach(history::saw);
    }

    private void say(String what) {
        System.out.printf("%5d s  %s%n", Duration.between(begun, Instant.now()).toSeconds(), what);
    }
}
