package dev.accepted.gateway.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Undecodable;
import dev.accepted.contract.Wire;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.gateway.idempotency.KeyRounds.GivenUp;
import dev.accepted.gateway.status.TableAway;
import dev.accepted.store.idempotency.Acknowledged;
import dev.accepted.store.idempotency.Hold;
import dev.accepted.store.idempotency.KeyRow;
import dev.accepted.store.idempotency.ScopedKey;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What keys stand for. Never blocks; what it returns completes on threads that others wait for: hand on at once. Safe for
 * use by many threads and many gateways.
 *
 * <p>Who gets {@link Standing.First} or {@link Standing.Left} appends the command, and then says what came of it:
 * {@link #acknowledge} or {@link #giveUp}. Who dies before leaves the key to the next request, some seconds later.
 */
@ApplicationScoped
public class IdempotencyKeys {

    private static final Logger LOG = Logger.getLogger(IdempotencyKeys.class);

    private final KeyRounds rounds;

    IdempotencyKeys(KeyRounds rounds) {
        this.rounds = rounds;
    }

    /** Reserves a key, or says what it stands for; fails with a 503 where that cannot be told now. */
    public Uni<Standing> reserve(KeyedCommand wanted) {
        return rounds.reserving
                .ask(wanted.reservation())
                .map(row -> standing(row, wanted.fingerprint()))
                .onFailure()
                .transform(IdempotencyKeys::away);
    }

    /**
     * Reserves many keys at once, in order, by one statement for each thousand. A key that is there twice is
     * {@code Refused} as in progress the second time.
     */
    public Uni<List<Standing>> reserveAll(List<KeyedCommand> wanted) {
        return all(wanted, this::reserve);
    }

    /** What has been decided of a key; empty if a request would get to hold it. Changes nothing. */
    public Uni<Optional<Standing.Settled>> find(ScopedKey key, Fingerprint fingerprint) {
        return rounds.finding
                .ask(key)
                .map(found -> found.map(row -> standing(row, fingerprint))
                        .filter(Standing.Settled.class::isInstance)
                        .map(Standing.Settled.class::cast))
                .onFailure()
                .transform(IdempotencyKeys::away);
    }

    /**
     * The log has the command.
     *
     * @param answer what the client is to be told
     * @return what it is told: that of whoever acknowledged first. Never fails: if it cannot be noted now, the next
     *     request with the key appends the same command again
     */
    public Uni<ObjectNode> acknowledge(Hold hold, ObjectNode answer) {
        return rounds.acknowledging
                .ask(new Acknowledged(hold.key(), hold.jobId(), answer.toString()))
                .map(first -> first.equals(answer.toString()) ? answer : tree(first))
                .onFailure()
                .recoverWithItem(why -> {
                    notNoted(hold, why);
                    return answer;
                });
    }

    /** The log has the command of a hold, and this is what its client is to be told. */
    public record Told(Hold hold, ObjectNode answer) {}

    /** Acknowledges many at once, in order. */
    public Uni<List<ObjectNode>> acknowledgeAll(List<Told> told) {
        return all(told, one -> acknowledge(one.hold(), one.answer()));
    }

    /**
     * The command was not appended, or nobody knows. The key is free again if nobody can have appended it; else it is left
     * to the next request. Never fails.
     *
     * @param because what the append failed with
     */
    public Uni<Void> giveUp(Hold hold, Throwable because) {
        boolean free = hold.turn() == 1 && !KeyRefusals.leavesOpen(because);
        GivenUp.Way way = free ? GivenUp.Way.RELEASE : GivenUp.Way.LEAVE;
        return rounds.givingUp
                .ask(new GivenUp(hold, way))
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(why -> {
                    notNoted(hold, why);
                    return null;
                });
    }

    private static void notNoted(Hold hold, Throwable why) {
        LOG.warnf(
                "What became of %s is not noted with its key (%s); a request with the key sends the same command again"
                        + " after %s",
                hold.jobId(), why.getMessage(), KeyRounds.ABANDONED_AFTER);
    }

    private static Throwable away(Throwable why) {
        return why instanceof TimeoutException || TableAway.is(why) ? KeyRefusals.tableAway() : why;
    }

    private static <T, A> Uni<List<A>> all(List<T> items, Function<T, Uni<A>> ask) {
        return items.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join().all(items.stream().map(ask).toList()).andFailFast();
    }

    private static Standing standing(KeyRow row, Fingerprint fingerprint) {
        if (!row.fingerprint().equals(fingerprint.hex())) {
            return new Standing.Refused(KeyRefusals.reused(statusUrl(row)));
        }
        Hold hold = new Hold(row.key(), row.jobId(), row.turn());
        return switch (row.standing()) {
            case TAKEN -> row.turn() == 1 ? new Standing.First(hold) : new Standing.Left(hold, command(row));
            case LEFT -> new Standing.Left(hold, command(row));
            case HELD -> new Standing.Refused(KeyRefusals.inProgress());
            case ACKED -> new Standing.Answered(row.jobId(), tree(row.answer()));
        };
    }

    /** Every job is at {@code /jobs} too, whatever its type's own path is. */
    private static String statusUrl(KeyRow row) {
        return row.answer() == null
                ? "/jobs/" + row.jobId()
                : tree(row.answer()).path("status_url").asText();
    }

    private static JobCommand command(KeyRow row) {
        try {
            return CommandHeaders.read(Wire.JSON.readValue(row.command(), new TypeReference<Map<String, String>>() {}));
        } catch (JsonProcessingException | Undecodable e) {
            throw new IllegalStateException("The command of " + row.jobId() + " does not read", e);
        }
    }

    private static ObjectNode tree(@Nullable String answer) {
        try {
            return (ObjectNode) Wire.JSON.readTree(String.valueOf(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer that does not read", e);
        }
    }
}
