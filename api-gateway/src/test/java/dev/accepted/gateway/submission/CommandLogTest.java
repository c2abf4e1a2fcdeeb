package dev.accepted.gateway.submission;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.placement.Placement;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.localstack.LocalStack;
import dev.accepted.localstack.kafka.KafkaBroker;
import dev.accepted.localstack.kafka.KafkaCluster;
import dev.accepted.localstack.process.JavaProgram;
import dev.accepted.localstack.process.LeashedProcess;
import dev.accepted.localstack.process.Ports;
import dev.accepted.localstack.process.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLogTest {

    private static final byte[] INPUT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final UuidV7 UUIDS = new UuidV7(Clock.systemUTC(), new Random(7));
    private static final IdSeal SEAL = new IdSeal(List.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));

    private static JobCommand command(String queue) {
        return new JobCommand(
                SEAL.seal("job", UUIDS.next(), "acme"), "acme", "probe.noop", queue, 1, JobFacts.NONE, null, null);
    }

    private static Map<String, Object> kafka(String bootstrap) {
        return Map.of("bootstrap.servers", bootstrap);
    }

    @Test
    void anAppendSaysWhereTheLogHasIt() {
        Workers.makeTopic(Topics.commands("command-log"));
        CommandLog log = new CommandLog(kafka(LocalStack.shared().bootstrapServers()), Placement.BY_KEY);
        JobCommand command = command("command-log");
        Position at = log.append(command, INPUT).await().atMost(Duration.ofSeconds(6));
        assertEquals(Topics.commands("command-log"), at.topic());
        assertEquals(
                INPUT.length,
                LogView.commandOf(command.id().text()).orElseThrow().value().length);
        log.stop();
    }

    @Test
    void withoutKafkaTheClientIsToldWithinItsPatience() {
        CommandLog log = new CommandLog(kafka("127.0.0.1:1"), Placement.BY_KEY);
        Instant since = Instant.now();
        List<CompletableFuture<Position>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(log.append(command("anything"), INPUT).subscribeAsCompletionStage());
        }
        for (CompletableFuture<Position> answer : answers) {
            CompletionException failure = assertThrows(CompletionException.class, answer::join);
            Problem problem = (Problem) Objects.requireNonNull(failure.getCause());
            assertEquals("temporary-reduced-capacity", problem.slug());
            assertEquals("5", problem.headers().get("Retry-After"));
            assertFalse(problem.members().containsKey("maybe_accepted"), "nobody got it");
        }
        Duration waited = Duration.between(since, Instant.now());
        assertTrue(waited.compareTo(Duration.ofSeconds(6)) < 0, waited.toString());
        log.stop();
    }

    @Test
    void whatWasRefusedIsNotSentWhenKafkaComes(@TempDir Path directory) throws IOException {
        KafkaBroker broker = KafkaCluster.prepare(directory, 1, new Ports(new Random()))
                .brokers()
                .get(0);
        CommandLog log = new CommandLog(kafka(broker.address()), Placement.BY_KEY);
        assertThrows(
                Problem.class, () -> log.append(command("late"), INPUT).await().atMost(Duration.ofSeconds(6)));
        try (LeashedProcess kafka = LeashedProcess.start(broker.command(
                JavaProgram.ownClassPath(),
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                directory.resolve("kafka.log"),
                StopSignal.KILL))) {
            await().atMost(Duration.ofMinutes(1)).until(broker::isReady);
            Workers.makeTopic(broker.address(), Topics.commands("late"));
            Set<String> accepted = new HashSet<>();
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                JobCommand command = command("late");
                log.append(command, INPUT).await().atMost(Duration.ofSeconds(6));
                return accepted.add(command.id().text());
            });
            Set<String> sent = new HashSet<>();
            LogView.commands(broker.address()).forEach(entry -> sent.add(entry.key()));
            assertEquals(accepted, sent);
        }
        log.stop();
    }

    @Test
    void whatABrokerGotAndDidNotAcknowledgeIsSaidToBeUnknown(@TempDir Path directory) throws Exception {
        KafkaBroker broker = KafkaCluster.prepare(directory, 1, new Ports(new Random()))
                .brokers()
                .get(0);
        CommandLog log = new CommandLog(kafka(broker.address()), Placement.BY_KEY);
        try (LeashedProcess kafka = LeashedProcess.start(broker.command(
                JavaProgram.ownClassPath(),
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"),
                directory.resolve("kafka.log"),
                StopSignal.KILL))) {
            await().atMost(Duration.ofMinutes(1)).until(broker::isReady);
            Workers.makeTopic(broker.address(), Topics.commands("frozen"));
            log.append(command("frozen"), INPUT).await().atMost(Duration.ofSeconds(6));
            JobCommand command = command("frozen");
            signal("STOP", kafka);
            Problem problem;
            try {
                problem = assertThrows(
                        Problem.class, () -> log.append(command, INPUT).await().atMost(Duration.ofSeconds(6)));
            } finally {
                signal("CONT", kafka);
            }
            assertEquals(true, problem.members().get("maybe_accepted"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> LogView.commands(broker.address()).stream()
                            .anyMatch(entry -> command.id().text().equals(entry.key())));
        }
        log.stop();
    }

    private static void signal(String signal, LeashedProcess process) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("kill", "-" + signal));
        ProcessHandle.of(process.pid())
                .ifPresent(handle -> Stream.concat(Stream.of(handle), handle.descendants())
                        .forEach(member -> words.add(Long.toString(member.pid()))));
        assertEquals(0, new ProcessBuilder(words).start().waitFor());
    }

    @Test
    void aNameThatDoesNotResolveIsNoDifferent() {
        CommandLog log = new CommandLog(kafka("no-such-host.invalid:9092"), Placement.BY_KEY);
        CompletionException failure = assertThrows(
                CompletionException.class,
                () -> log.append(command("anything"), INPUT)
                        .subscribeAsCompletionStage()
                        .join());
        assertEquals(503, ((Problem) Objects.requireNonNull(failure.getCause())).status());
        log.stop();
    }

    @Test
    void aTopicThatIsNotThereHoldsUpNoOther() {
        Workers.makeTopic(Topics.commands("command-log"));
        CommandLog log = new CommandLog(kafka(LocalStack.shared().bootstrapServers()), Placement.BY_KEY);
        log.append(command("command-log"), INPUT).await().atMost(Duration.ofSeconds(6));
        List<CompletableFuture<Position>> lost = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lost.add(log.append(command("not-there"), INPUT).subscribeAsCompletionStage());
        }
        Instant since = Instant.now();
        log.append(command("command-log"), INPUT).await().atMost(Duration.ofSeconds(6));
        Duration waited = Duration.between(since, Instant.now());
        assertTrue(waited.compareTo(Duration.ofMillis(800)) < 0, waited.toString());
        lost.forEach(answer -> assertThrows(CompletionException.class, answer::join));
        log.stop();
    }
}
