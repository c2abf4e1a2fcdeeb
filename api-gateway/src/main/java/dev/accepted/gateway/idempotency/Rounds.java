package dev.accepted.gateway.idempotency;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks the table for many requests at once: while one round is under way the next one gathers. Never blocks whoever asks;
 * safe for use by many threads.
 *
 * @param <Q> a question, told from others by {@code equals}
 * @param <A> its answer
 */
final class Rounds<Q, A> {

    private static final int MOST = 1_000;
    private static final String TRANSACTION_ROLLBACK = "40";

    /** What a round does. Blocks. */
    interface Work<Q, A> {

        /** The answers; what has none is asked again in the next round. */
        Map<Q, A> of(List<Q> asked) throws SQLException;
    }

    private record Asked<Q, A>(Q question, UniEmitter<? super A> answer, long since) {}

    private final Work<Q, A> work;
    private final Executor threads;
    private final Duration patience;
    private final Queue<Asked<Q, A>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean underWay = new AtomicBoolean();

    /**
     * One kind of question.
     *
     * @param threads those that may wait; one at a time is used
     * @param patience how long an answer is waited for; a question that has grown so old is not asked any more
     */
    Rounds(Work<Q, A> work, Executor threads, Duration patience) {
        this.work = work;
        this.threads = threads;
        this.patience = patience;
    }

    /**
     * Asks.
     *
     * @return the answer, on a thread of the rounds: do nothing there but hand on. Fails with what the work threw, or
     *     with a timeout, after which nobody knows whether the question was asked
     */
    Uni<A> ask(Q question) {
        return Uni.createFrom()
                .<A>emitter(answer -> {
                    waiting.add(new Asked<>(question, answer, System.nanoTime()));
                    go();
                })
                .ifNoItem()
                .after(patience)
                .fail();
    }

    private void go() {
        if (!waiting.isEmpty() && underWay.compareAndSet(false, true)) {
            try {
                threads.execute(this::run);
            } catch (RejectedExecutionException stopping) {
                underWay.set(false);
            }
        }
    }

    private void run() {
        try {
            for (List<Asked<Q, A>> round = next(); !round.isEmpty(); round = next()) {
                hold(round);
            }
        } finally {
            underWay.set(false);
            go();
        }
    }

    private List<Asked<Q, A>> next() {
        List<Asked<Q, A>> round = new ArrayList<>();
        for (Asked<Q, A> asked = waiting.poll(); asked != null; asked = waiting.poll()) {
            if (System.nanoTime() - asked.since < patience.toNanos()) {
                round.add(asked);
            }
            if (round.size() == MOST) {
                break;
            }
        }
        return round;
    }

    private void hold(List<Asked<Q, A>> round) {
        Map<Q, A> answers;
        try {
            answers = work.of(round.stream().map(Asked::question).toList());
        } catch (SQLException | RuntimeException e) {
            if (isRolledBack(e)) {
                waiting.addAll(round);
            } else {
                round.forEach(asked -> asked.answer.fail(e));
            }
            return;
        }
        for (Asked<Q, A> asked : round) {
            A answer = answers.get(asked.question);
            if (answer == null) {
                waiting.add(asked);
            } else {
                asked.answer.complete(answer);
            }
        }
    }

    /** Two transactions got in each other's way and this one had to give in: it may try again. */
    private static boolean isRolledBack(Exception failure) {
        return failure instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().startsWith(TRANSACTION_ROLLBACK);
    }
}
