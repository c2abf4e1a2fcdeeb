package dev.accepted.gateway.submission;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.catalog.AnnouncedType;
import dev.accepted.gateway.catalog.CatalogFollower;
import dev.accepted.gateway.catalog.CatalogSnapshot;
import dev.accepted.gateway.idempotency.IdempotencyKey;
import dev.accepted.gateway.idempotency.KeyRefusals;
import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.quota.Quotas;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.store.idempotency.ScopedKey;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a request all the way to its 202, cheap checks first. No I/O thread waits or parses much. */
@ApplicationScoped
class Submission {

    private static final String PATH = "/jobs";

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
    private final KeyedSubmission keyed;
    private final Acceptance acceptance;
    private final PreferredAnswer answers;
    private final RecentlyAccepted recent;
    private final BodyRoom room;
    private final boolean keyRequired;
    private final Quotas quotas;

    Submission(
            CurrentCaller caller,
            CatalogFollower catalog,
            Drafting drafting,
            Pinning pinning,
            CommandMaker commands,
            CommandLog log,
            KeyedSubmission keyed,
            Acceptance acceptance,
            PreferredAnswer answers,
            RecentlyAccepted recent,
            BodyRoom room,
            GatewayConfig config,
            Quotas quotas) {
        this.caller = caller;
        this.catalog = catalog;
        this.drafting = drafting;
        this.pinning = pinning;
        this.commands = commands;
        this.log = log;
        this.keyed = keyed;
        this.acceptance = acceptance;
        this.answers = answers;
        this.recent = recent;
        this.room = room;
        this.keyRequired = config.idempotency().required();
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
        Optional<ScopedKey> key = keyOf(context, who, PATH);
        return accept(context, limit, key, body -> drafting.ofEnvelope(body, known, who));
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
        Optional<ScopedKey> key = keyOf(context, who, context.request().path());
        CallbackRequest callback = CallbackRequest.in(context.request().headers());
        return accept(context, limit, key, body -> drafting.ofInput(body, type, who, callback));
    }

    private Optional<ScopedKey> keyOf(RoutingContext context, Caller who, String route) {
        List<String> values = context.request().headers().getAll(IdempotencyKey.HEADER);
        if (values.isEmpty() && keyRequired) {
            throw KeyRefusals.missing();
        }
        return IdempotencyKey.of(values).map(key -> new ScopedKey(who.tenant(), route, key.text()));
    }

    private Uni<Response> accept(
            RoutingContext context, long limit, Optional<ScopedKey> key, Function<byte[], Drafting.Checked> draft) {
        Executor requestThread = threadOf(Vertx.currentContext());
        String traceparent = context.request().getHeader("traceparent");
        Uni<byte[]> body = BodyReader.read(context, limit, room);
        Uni<Accepted> accepted = key.isPresent()
                ? read(body, bytes -> KeyedDraft.of(key.get(), bytes, draft))
                        .chain(found -> keyed.accept(found, traceparent, requestThread))
                : read(body, draft)
                        .invoke(checked -> checked.draft().admitTo(quotas))
                        .chain(checked -> where(pinning.isNeededFor(checked.draft()), () -> pinning.pin(checked)))
                        .chain(pinned -> append(pinned, traceparent, requestThread));
        return accepted.emitOn(requestThread).chain(answer -> answers.of(answer, context));
    }

    private <T> Uni<T> read(Uni<byte[]> body, Function<byte[], T> reading) {
        return body.chain(bytes -> bytes.length > QUICKLY_PARSED
                ? room.forTreeOf(bytes.length, () -> reading.apply(bytes))
                : Uni.createFrom().item(() -> reading.apply(bytes)));
    }

    private Uni<Accepted> append(Draft draft, @Nullable String traceparent, Executor requestThread) {
        JobTypeDescriptor type = draft.type().descriptor();
        JobCommand command = commands.of(draft, traceparent);
        return log.append(command, draft.input())
                .invoke(position -> quotas.accepted(draft.caller(), 1))
                .map(position -> JobState.fold(null, command, position))
                .emitOn(requestThread)
                .map(state -> {
                    recent.add(state);
                    return acceptance.now(state, type);
                });
    }

    private static <T> Uni<T> where(boolean elsewhere, Supplier<T> work) {
        Uni<T> result = Uni.createFrom().item(work);
        return elsewhere ? result.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()) : result;
    }

    private static Executor threadOf(Context context) {
        return task -> context.runOnContext(now -> task.run());
    }
}
