package dev.accepted.gateway.submission;

import dev.accepted.contract.command.DataRef;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.catalog.CatalogFollower;
import dev.accepted.gateway.catalog.CatalogSnapshot;
import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.security.Barred;
import dev.accepted.gateway.security.Caller;
import dev.accepted.objects.ObjectStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jobs that are described now and sent later, perhaps often: checked each time as every submission is. Blocks. */
@ApplicationScoped
public class DeferredJobs {

    private final CatalogFollower catalog;
    private final Drafting drafting;
    private final Pinning pinning;
    private final CommandMaker commands;
    private final CommandLog log;
    private final ObjectStore objects;
    private final BodyRoom room;
    private final Barred barred;

    DeferredJobs(
            CatalogFollower catalog,
            Drafting drafting,
            Pinning pinning,
            CommandMaker commands,
            CommandLog log,
            ObjectStore objects,
            BodyRoom room,
            Barred barred) {
        this.catalog = catalog;
        this.drafting = drafting;
        this.pinning = pinning;
        this.commands = commands;
        this.log = log;
        this.objects = objects;
        this.room = room;
        this.barred = barred;
    }

    /**
     * What such a job is.
     *
     * @param input the JSON as it was sent; null where it is too large and lies in the object store
     */
    public record Description(
            String type,
            @Nullable String input,
            @Nullable DataRef dataRef,
            @Nullable String clientReference,
            Map<String, String> tags) {}

    /** What a body says: a job, and texts beside it. */
    public record Body(Description job, Map<String, String> beside) {}

    /** A job that is ready to be sent. */
    public record Ready(JobCommand command, byte[] input) {}

    /** How long a body may be that describes a job, in bytes. */
    public long longestBody() {
        return Submission.longestEnvelope(catalog.current());
    }

    /**
     * Reads a body and checks the job in it as if it were to start now. Reference data that it names must be there; it
     * is pinned when the job is sent.
     *
     * @param beside the texts that the body must have besides
     * @param rules what is wrong with those
     * @throws Problem any that a submission meets
     */
    public Body check(
            byte[] body, Set<String> beside, Function<Map<String, String>, List<InputError>> rules, Caller caller) {
        Envelope envelope = Envelope.describing(body, beside);
        List<InputError> errors = Stream.concat(envelope.errors().stream(), rules.apply(envelope.beside()).stream())
                .toList();
        if (!errors.isEmpty()) {
            throw Refused.invalid(errors);
        }
        Draft draft = pinning.pin(drafting.ofEnvelope(envelope, catalog.current(), caller));
        JobFacts facts = draft.facts();
        Description job = new Description(
                draft.type().descriptor().type(),
                draft.dataRef() == null ? new String(draft.input(), StandardCharsets.UTF_8) : null,
                draft.dataRef(),
                facts.clientReference(),
                facts.tags());
        return new Body(job, envelope.beside());
    }

    /**
     * Checks a job again and makes its command, with the reference data of now.
     *
     * @param uuid what its id is made of
     * @param tags what it carries besides its own
     * @throws Problem 422 where it can not be sent any more as it was described, 403 while its tenant is suspended, 503 where that can not be told now
     */
    public Ready prepare(Description job, String tenant, String by, UUID uuid, Map<String, String> tags) {
        Caller caller = new Caller(tenant, by, Set.of(), false);
        barred.requireServed(caller);
        CatalogSnapshot known = catalog.current();
        byte[] input = inputOf(job, tenant);
        return room.forTreeOf(input.length, () -> {
                    Envelope envelope = Envelope.again(job.type(), input, job.clientReference(), tags);
                    Draft draft = pinning.pin(drafting.again(envelope, known, caller));
                    return new Ready(commands.of(draft, uuid, null), draft.input());
                })
                .await()
                .indefinitely();
    }

    private byte[] inputOf(Description job, String tenant) {
        if (job.dataRef() == null) {
            return String.valueOf(job.input()).getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream stored = objects.open(tenant, job.dataRef().digest())) {
            return stored.readAllBytes();
        } catch (IOException e) {
            throw Pinning.inputNotThere(e);
        }
    }

    /** Sends it. */
    public Uni<Position> send(Ready job) {
        return log.append(job.command(), job.input());
    }
}
