package dev.accepted.gateway.submission;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.catalog.AnnouncedType;
import dev.accepted.gateway.catalog.CatalogFollower;
import dev.accepted.gateway.catalog.CatalogSnapshot;
import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.quota.Quotas;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes a request all the way to its 202, cheap checks first. No I/O thread waits or parses much. */
@ApplicationScoped
class Submission {

    /** A longer body is parsed elsewhere: an I/O thread serves many connections. */
    private static final int QUICKLY_PARSED = 64 * 1024;

    private static final long LEAST_LIMIT = 10L << 20;
    private static final long ROOM_FOR_ENVELOPE = 64 * 1024;

    private final CurrentCaller caller;
    private final CatalogFollower catalog;
    private final Drafting drafting;
    private final Pinning pinning;
    private final CommandMaker commands;
    private final CommandLog log;
    private final Acceptance acceptance;
    private final RecentlyAccepted recent;
    private final BodyRoom room;
    private final Quotas quotas;

    Submission(
            CurrentCaller caller,
            CatalogFollower catalog,
            Drafting drafting,
            Pinning pinning,
            CommandMaker commands,
            CommandLog log,
            Acceptance acceptance,
            RecentlyAccepted recent,
            BodyRoom room,
            Quotas quotas) {
        this.caller = caller;
        this.catalog = catalog;
        this.drafting = drafting;
        this.pinning = pinning;
        this.commands = commands;
        this.log = log;
        this.acceptance = acceptance;
        this.recent = recent;
        this.room = room;
        this.quotas = quotas;
    }

    /** {@code POST /jobs}. */
    Uni<Response> ofAnyType(RoutingContext context) {
        Negotiation.requireJson(context);
        CatalogSnapshot known = catalog.current();
        long limit = longestEnvelope(known);
        BodyReader.requireWithin(context, limit);
        Caller who = caller.get();
        MediaTypes.requireJson(context.request().headers());
        quotas.admitRequest(who, context);
        return accept(context, limit, body -> drafting.ofEnvelope(body, known, who));
    }

    /** How long a body may be that names its type itself, in bytes. */
    static long longestEnvelope(CatalogSnapshot known) {
        return ROOM_FOR_ENVELOPE
                + known.all().stream()
                        .mapToLong(type -> type.descriptor().maxInputBytes())
                        .reduce(LEAST_LIMIT, Math::max);
    }

    /** A type's own path. */
    Uni<Response> of(AnnouncedType type, RoutingContext context) {
        Negotiation.requireJson(context);
        long limit = type.descriptor().maxInputBytes();
        BodyReader.requireWithin(context, limit);
        Caller who = caller.requireFor(type.descriptor());
        MediaTypes.requireJson(context.request().headers());
        quotas.admitRequest(who, context);
        return accept(context, limit, body -> drafting.ofInput(body, type, who));
    }

    private Uni<Response> accept(RoutingContext context, long limit, Function<byte[], Drafting.Checked> draft) {
        Executor requestThread = threadOf(Vertx.currentContext());
        return BodyReader.read(context, limit, room)
                .chain(body -> body.length > QUICKLY_PARSED
                        ? room.forTreeOf(body.length, () -> draft.apply(body))
                        : Uni.createFrom().item(() -> draft.apply(body)))
                .invoke(checked -> admit(checked.draft()))
                .chain(checked -> where(pinning.isNeededFor(checked.draft()), () -> pinning.pin(checked)))
                .chain(pinned -> append(pinned, context))
                .emitOn(requestThread)
                .map(accepted -> {
                    recent.add(accepted.state);
                    return acceptance.of(accepted.state, accepted.type, context);
                });
    }

    /** Before anything is stored for it. */
    private void admit(Draft draft) {
        quotas.admit(draft.caller(), draft.type().descriptor(), 1, draft.input().length);
    }

    private Uni<Accepted> append(Draft draft, RoutingContext context) {
        JobTypeDescriptor type = draft.type().descriptor();
        JobCommand command = commands.of(draft, context.request().getHeader("traceparent"));
        return log.append(command, draft.input())
                .invoke(position -> quotas.accepted(draft.caller(), 1))
                .map(position -> new Accepted(JobState.fold(null, command, position), type));
    }

    private static <T> Uni<T> where(boolean elsewhere, Supplier<T> work) {
        Uni<T> result = Uni.createFrom().item(work);
        return elsewhere ? result.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()) : result;
    }

    private static Executor threadOf(Context context) {
        return task -> context.runOnContext(now -> task.run());
    }

    private record Accepted(JobState state, JobTypeDescriptor type) {}
}
