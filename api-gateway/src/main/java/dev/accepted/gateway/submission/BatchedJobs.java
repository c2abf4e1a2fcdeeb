package dev.accepted.gateway.submission;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.gateway.catalog.CatalogFollower;
import dev.accepted.gateway.catalog.CatalogSnapshot;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Jobs that come many at once: each is checked and appended as a single submission is. */
@ApplicationScoped
public class BatchedJobs {

    /** A longer item is a tree for which there must be room. */
    private static final int SMALL = 64 * 1024;

    private final CatalogFollower catalog;
    private final Drafting drafting;
    private final Pinning pinning;
    private final CommandMaker commands;
    private final CommandLog log;
    private final BodyRoom room;

    BatchedJobs(
            CatalogFollower catalog,
            Drafting drafting,
            Pinning pinning,
            CommandMaker commands,
            CommandLog log,
            BodyRoom room) {
        this.catalog = catalog;
        this.drafting = drafting;
        this.pinning = pinning;
        this.commands = commands;
        this.log = log;
        this.room = room;
    }

    /**
     * Whose jobs they are.
     *
     * @param batch the id that they carry
     * @param traceparent of the request that they came with
     */
    public record Sender(
            Caller caller, String batch, @Nullable String traceparent) {}

    /**
     * An item that is a job.
     *
     * @param statusPath where jobs of its type are read; there may be very many items, and one such text
     * @param replayed whether it was one before, by its key
     */
    public record Placed(String jobId, String statusPath, boolean replayed) {

        /** Where it is read. */
        public String statusUrl() {
            return statusPath.replace("{id}", jobId);
        }
    }

    /** How long an item may be, in bytes. */
    public long longestItem() {
        return Submission.longestEnvelope(catalog.current());
    }

    /**
     * Makes sure that the caller may submit something at all.
     *
     * @throws Problem 401 or 403
     */
    public void requireAny(Caller caller) {
        Problem refusal = null;
        for (var type : catalog.current().all()) {
            try {
                caller.requireFor(type.descriptor());
                return;
            } catch (Problem e) {
                refusal = e;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    /**
     * Checks an item and begins to append it. Blocks while it is checked.
     *
     * @param item what would be the body of {@code POST /jobs}
     * @return where the job is, once the log has it; else the {@link Problem} that a submission would meet
     */
    public Uni<Placed> accept(byte[] item, Sender sender) {
        try {
            Draft draft = item.length > SMALL
                    ? room.withTreeOf(item.length, () -> pinned(item, sender))
                    : pinned(item, sender);
            JobCommand command = commands.of(draft, sender.traceparent());
            String statusPath = draft.type().descriptor().statusPath();
            return log.append(command, draft.input())
                    .map(position -> new Placed(command.id().text(), statusPath, false));
        } catch (Problem refusal) {
            return Uni.createFrom().failure(refusal);
        }
    }

    private Draft pinned(byte[] item, Sender sender) {
        CatalogSnapshot known = catalog.current();
        Drafting.Checked checked = drafting.ofEnvelope(item, known, sender.caller());
        Draft draft = pinning.pin(checked);
        return new Draft(
                draft.caller(), draft.type(), draft.facts().inBatch(sender.batch()), draft.input(), draft.dataRef());
    }
}
