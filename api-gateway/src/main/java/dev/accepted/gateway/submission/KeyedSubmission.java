package dev.accepted.gateway.submission;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.idempotency.IdempotencyKeys;
import dev.accepted.gateway.idempotency.KeyRefusals;
import dev.accepted.gateway.idempotency.KeyedCommand;
import dev.accepted.gateway.idempotency.LateJobs;
import dev.accepted.gateway.idempotency.Standing;
import dev.accepted.gateway.quota.Quotas;
import dev.accepted.store.idempotency.Hold;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Takes what came with a key: reserve the key, append the command, acknowledge the key, answer. Whatever a request before
 * this one has done of that is not done again, but told.
 */
@ApplicationScoped
class KeyedSubmission {

    private static final byte[] NOTHING = {};

    private final IdempotencyKeys keys;
    private final LateJobs late;
    private final Pinning pinning;
    private final CommandMaker commands;
    private final CommandLog log;
    private final Acceptance acceptance;
    private final RecentlyAccepted recent;
    private final Quotas quotas;

    KeyedSubmission(
            IdempotencyKeys keys,
            LateJobs late,
            Pinning pinning,
            CommandMaker commands,
            CommandLog log,
            Acceptance acceptance,
            RecentlyAccepted recent,
            Quotas quotas) {
        this.keys = keys;
        this.late = late;
        this.pinning = pinning;
        this.commands = commands;
        this.log = log;
        this.acceptance = acceptance;
        this.recent = recent;
        this.quotas = quotas;
    }

    /**
     * Accepts a body, or tells what was told before.
     *
     * @param traceparent as it was sent, valid or not
     * @param requestThread where the answer is made
     * @return goes on to its end also when nobody waits for it any more, so that the key is not left in between
     */
    Uni<Accepted> accept(KeyedDraft draft, @Nullable String traceparent, Executor requestThread) {
        Uni<Accepted> work = new Request(draft, traceparent, requestThread).accept();
        return Uni.createFrom().emitter(answer -> {
            var unused = work.subscribe().with(answer::complete, answer::fail);
        });
    }

    /** One request on its way. */
    private final class Request {

        private final KeyedDraft keyed;
        private final @Nullable String traceparent;
        private final Executor thread;

        Request(KeyedDraft keyed, @Nullable String traceparent, Executor thread) {
            this.keyed = keyed;
            this.traceparent = traceparent;
            this.thread = thread;
        }

        Uni<Accepted> accept() {
            Drafting.Checked checked = keyed.checked();
            if (checked != null && !pinning.isNeededFor(checked.draft())) {
                return reserve(checked.draft());
            }
            // What is refused today may have been accepted before, and for what was nothing is pinned again.
            return keys.find(keyed.key(), keyed.fingerprint())
                    .chain(known -> checked == null ? toldOrRefused(known) : toldOrPinned(known, checked));
        }

        private Uni<Accepted> toldOrRefused(Optional<Standing.Settled> known) {
            return known.isPresent() && known.get() instanceof Standing.Answered answered
                    ? told(answered)
                    : Uni.createFrom().failure(keyed.refusal());
        }

        private Uni<Accepted> toldOrPinned(Optional<Standing.Settled> known, Drafting.Checked checked) {
            return known.isPresent()
                    ? told(known.get())
                    : Uni.createFrom()
                            .item(() -> pinning.pin(checked))
                            .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                            .chain(this::reserve);
        }

        private Uni<Accepted> reserve(Draft draft) {
            JobCommand command = commands.of(draft, traceparent)
                    .withIdempotencyKey(keyed.key().key());
            return keys.reserve(new KeyedCommand(keyed.key(), keyed.fingerprint(), command))
                    .chain(standing -> {
                        if (standing instanceof Standing.First first) {
                            return append(first.hold(), command, draft, admitted(draft));
                        }
                        return standing instanceof Standing.Left left
                                // Counted when it was first sent.
                                ? append(left.hold(), again(left.command(), draft), draft, nothingToDo())
                                : told((Standing.Settled) standing);
                    });
        }

        /** The command as it was, with the input where this request has it: the same JSON, perhaps spelt otherwise. */
        private static JobCommand again(JobCommand before, Draft draft) {
            return before.dataRef() == null ? before.withDataRef(draft.dataRef()) : before;
        }

        private Uni<Void> admitted(Draft draft) {
            return nothingToDo().invoke(() -> draft.admitTo(quotas));
        }

        private static Uni<Void> nothingToDo() {
            return Uni.createFrom().voidItem();
        }

        private Uni<Accepted> append(Hold hold, JobCommand command, Draft draft, Uni<Void> first) {
            JobTypeDescriptor type = draft.type().descriptor();
            return first.chain(() -> log.append(command, command.dataRef() == null ? draft.input() : NOTHING))
                    .invoke(position -> quotas.accepted(draft.caller(), 1))
                    .call(() -> late.awaitVisible(command.id()))
                    .onFailure()
                    .call(why -> keys.giveUp(hold, why))
                    .onFailure()
                    .transform(KeyRefusals::withKey)
                    .emitOn(thread)
                    .chain(position -> {
                        JobState state = JobState.fold(null, command, position);
                        recent.add(state);
                        return acknowledge(hold, acceptance.now(state, type));
                    });
        }

        private Uni<Accepted> acknowledge(Hold hold, Accepted made) {
            return keys.acknowledge(hold, made.document())
                    .map(first -> first.equals(made.document()) ? made : Accepted.before(first));
        }

        private static Uni<Accepted> told(Standing.Settled settled) {
            return settled.told().map(Accepted::before);
        }
    }
}
