package dev.accepted.gateway.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import dev.accepted.gateway.problem.Problem;
import dev.accepted.localstack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

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
        CommandLog log = new CommandLog(kafka(LocalStack.shared().bootstrapServers()));
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
        CommandLog log = new CommandLog(kafka("127.0.0.1:1"));
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
        }
        Duration waited = Duration.between(since, Instant.now());
        assertTrue(waited.compareTo(Duration.ofSeconds(6)) < 0, waited.toString());
        log.stop();
    }

    @Test
    void aTopicThatIsNotThereHoldsUpNoOther() {
        Workers.makeTopic(Topics.commands("command-log"));
        CommandLog log = new CommandLog(kafka(LocalStack.shared().bootstrapServers()));
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
