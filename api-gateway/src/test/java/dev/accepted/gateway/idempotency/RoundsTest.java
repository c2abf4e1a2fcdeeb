package dev.accepted.gateway.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.TimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<String>> asked = new ArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private CompletableFuture<String> ask(Rounds<String, String> rounds, String question) {
        return rounds.ask(question).subscribeAsCompletionStage();
    }

    private Map<String, String> note(List<String> questions) {
        asked.add(List.copyOf(questions));
        return questions.stream().distinct().collect(Collectors.toMap(Function.identity(), q -> "re: " + q));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody let go");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoAsksDuringARoundIsInTheNextOneTogether() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Rounds<String, String> rounds = new Rounds<>(
                questions -> {
                    begun.countDown();
                    await(goOn);
                    return note(questions);
                },
                threads,
                PATIENCE);
        CompletableFuture<String> first = ask(rounds, "a");
        await(begun);
        List<CompletableFuture<String>> others =
                List.of(ask(rounds, "b"), ask(rounds, "c"), ask(rounds, "b"), ask(rounds, "d"));
        goOn.countDown();
        assertEquals("re: a", first.get(20, TimeUnit.SECONDS));
        for (CompletableFuture<String> other : others) {
            other.get(20, TimeUnit.SECONDS);
        }
        assertEquals(List.of(List.of("a"), List.of("b", "c", "b", "d")), asked);
    }

    @Test
    void aQuestionWithoutAnAnswerIsAskedAgain() throws Exception {
        AtomicBoolean second = new AtomicBoolean();
        Rounds<String, String> rounds =
                new Rounds<>(questions -> second.getAndSet(true) ? note(questions) : Map.of(), threads, PATIENCE);
        assertEquals("re: a", ask(rounds, "a").get(20, TimeUnit.SECONDS));
    }

    @Test
    void aTransactionThatHadToGiveInIsTriedAgain() throws Exception {
        AtomicBoolean second = new AtomicBoolean();
        Rounds<String, String> rounds = new Rounds<>(
                questions -> {
                    if (!second.getAndSet(true)) {
                        throw new SQLException("deadlock detected", "40P01");
                    }
                    return note(questions);
                },
                threads,
                PATIENCE);
        assertEquals("re: a", ask(rounds, "a").get(20, TimeUnit.SECONDS));
    }

    @Test
    void aFailedRoundFailsAllOfItAndTheNextGoesOn() throws Exception {
        AtomicBoolean second = new AtomicBoolean();
        Rounds<String, String> rounds = new Rounds<>(
                questions -> {
                    if (!second.getAndSet(true)) {
                        throw new SQLException("gone", "08006");
                    }
                    return note(questions);
                },
                threads,
                PATIENCE);
        CompletionException failure =
                assertThrows(CompletionException.class, () -> ask(rounds, "a").join());
        assertInstanceOf(SQLException.class, failure.getCause());
        assertEquals("re: b", ask(rounds, "b").get(20, TimeUnit.SECONDS));
    }

    @Test
    void whatHasGrownOldIsNotAskedAnyMore() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Rounds<String, String> rounds = new Rounds<>(
                questions -> {
                    begun.countDown();
                    await(goOn);
                    return note(questions);
                },
                threads,
                Duration.ofSeconds(1));
        CompletableFuture<String> first = ask(rounds, "a");
        await(begun);
        CompletableFuture<String> second = ask(rounds, "b");
        for (CompletableFuture<String> late : List.of(first, second)) {
            CompletionException failure = assertThrows(CompletionException.class, late::join);
            assertInstanceOf(TimeoutException.class, Objects.requireNonNull(failure.getCause()));
        }
        goOn.countDown();
        assertEquals("re: c", ask(rounds, "c").get(20, TimeUnit.SECONDS));
        assertEquals(List.of("a", "c"), asked.stream().flatMap(List::stream).toList());
    }
}
