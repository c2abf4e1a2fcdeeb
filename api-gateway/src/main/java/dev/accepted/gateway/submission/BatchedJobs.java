package dev.accepted.gateway.submission;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.gateway.catalog.CatalogFollower;
import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.quota.Quotas;
import dev.accepted.gateway.security.Caller;
import dev.accepted.store.idempotency.ScopedKey;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Jobs that come many at once: each is checked and appended as a single submission is. */
@ApplicationScoped
public class BatchedJobs {

    /** A longer item is a tree for which there must be room. */
    private static final int SMALL = 64 * 1024;

    /** The member that has an item's key. */
    private static final String KEY = "idempotency_key";

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]+");

    /** Where such keys count. */
    private static final String ROUTE = "/jobs/batch";

    private final CatalogFollower catalog;
    private final Drafting drafting;
    private final Pinning pinning;
    private final CommandMaker commands;
    private final CommandLog log;
    private final KeyedSubmission keyed;
    private final BodyRoom room;
    private final Quotas quotas;

    BatchedJobs(
            CatalogFollower catalog,
            Drafting drafting,
            Pinning pinning,
            CommandMaker commands,
            CommandLog log,
            KeyedSubmission keyed,
            BodyRoom room,
            Quotas quotas) {
        this.catalog = catalog;
        this.drafting = drafting;
        this.pinning = pinning;
        this.commands = commands;
        this.log = log;
        this.keyed = keyed;
        this.room = room;
        this.quotas = quotas;
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

    /** Counts the request that brings a batch; see {@link Quotas#admitRequest}. */
    public void admitRequest(Caller caller, RoutingContext context) {
        quotas.admitRequest(caller, context);
    }

    /**
     * Checks an item and begins to append it. Blocks while it is checked.
     *
     * @param item what would be the body of {@code POST /jobs}, perhaps with a key of its own
     * @return where the job is, once the log has it; else the {@link Problem} that a submission would meet
     */
    public Uni<Placed> accept(byte[] item, Sender sender) {
        try {
            return item.length > SMALL ? room.withTreeOf(item.length, () -> begun(item, sender)) : begun(item, sender);
        } catch (Problem refusal) {
            return Uni.createFrom().failure(refusal);
        }
    }

    private Uni<Placed> begun(byte[] item, Sender sender) {
        Envelope envelope = Envelope.ofItem(item, KEY);
        String key = envelope.beside().get(KEY);
        if (key != null) {
            return withKey(item, envelope, key, sender);
        }
        Drafting.Checked checked = checked(envelope, sender);
        checked.draft().admitTo(quotas);
        Draft draft = pinning.isNeededFor(checked.draft()) ? pinning.pin(checked) : checked.draft();
        JobCommand command = commands.of(draft, sender.traceparent());
        String statusPath = draft.type().descriptor().statusPath();
        return log.append(command, draft.input())
                .invoke(position -> quotas.accepted(sender.caller(), 1))
                .map(position -> new Placed(command.id().text(), statusPath, false));
    }

    private Drafting.Checked checked(Envelope envelope, Sender sender) {
        Drafting.Checked checked = drafting.ofEnvelope(envelope, catalog.current(), sender.caller());
        Draft draft = checked.draft();
        Draft inBatch = new Draft(
                draft.caller(), draft.type(), draft.facts().inBatch(sender.batch()), draft.input(), draft.dataRef());
        return new Drafting.Checked(inBatch, checked.input(), checked.inputPointer());
    }

    /** What the key's table does for many items at one moment is one statement. */
    private Uni<Placed> withKey(byte[] item, Envelope envelope, String key, Sender sender) {
        if (!PRINTABLE.matcher(key).matches()) {
            throw Refused.invalid(
                    List.of(new InputError("/" + KEY, "must have printable ASCII characters alone", "pattern")));
        }
        ScopedKey scoped = new ScopedKey(sender.caller().tenant(), ROUTE, key);
        KeyedDraft draft = KeyedDraft.of(scoped, item, body -> checked(envelope, sender));
        return keyed.accept(draft, sender.traceparent(), Infrastructure.getDefaultWorkerPool())
                .map(BatchedJobs::placed);
    }

    private static Placed placed(Accepted accepted) {
        String id = accepted.document().path("job_id").asText();
        String statusUrl = accepted.document().path("status_url").asText();
        return new Placed(id, statusUrl.replace(id, "{id}"), accepted.replayed());
    }
}
