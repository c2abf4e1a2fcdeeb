package dev.accepted.gateway.sse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.sse.Tickets.Issued;
import dev.accepted.gateway.status.JobAnswer;
import dev.accepted.gateway.status.JobFinder;
import dev.accepted.gateway.status.ReadRights;
import dev.accepted.gateway.status.Sighting;
import dev.accepted.gateway.watching.JobWatch;
import dev.accepted.gateway.watching.JobWatch.Following;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** {@code GET /jobs/{id}/events} and the tickets for it. */
@Path("/jobs/{id}/events")
public class EventsResource {

    private static final String NO_STORE = "no-store";

    private final CurrentCaller current;
    private final JobFinder finder;
    private final JobAnswer answers;
    private final JobWatch watch;
    private final Streams streams;
    private final Tickets tickets;

    EventsResource(
            CurrentCaller current,
            JobFinder finder,
            JobAnswer answers,
            JobWatch watch,
            Streams streams,
            Tickets tickets) {
        this.current = current;
        this.finder = finder;
        this.answers = answers;
        this.watch = watch;
        this.streams = streams;
        this.tickets = tickets;
    }

    /** Who follows: as whose, seeing what; or nobody any more, who is told no more than that all has been said. */
    private record Follower(String tenant, Predicate<JobTypeDescriptor> maySee, boolean mayOpen) {}

    /** Streams a job's states. */
    @GET
    public Uni<Response> follow(@PathParam("id") String id, @jakarta.ws.rs.core.Context RoutingContext request) {
        Negotiation.requireEventStream(request);
        streams.requirePlace();
        Context thread = Vertx.currentContext();
        return follower(id, request)
                .chain(who -> finder.find(id, who.tenant()).map(found -> answer(found, who, request, thread)));
    }

    private Uni<Follower> follower(String id, RoutingContext request) {
        String ticket = request.request().getParam("ticket");
        if (ticket != null) {
            return tickets.take(ticket, id).map(shown -> new Follower(shown.tenant(), type -> true, shown.good()));
        }
        Caller caller = current.get();
        return Uni.createFrom().item(new Follower(caller.tenant(), type -> ReadRights.mayRead(caller, type), true));
    }

    private Response answer(Sighting found, Follower who, RoutingContext request, Context thread) {
        if (!who.maySee().test(found.type())) {
            answers.requireReadable(found.type());
        }
        OptionalInt seen = LastEventId.of(request.request().getHeader("Last-Event-ID"));
        JobState state = found.state();
        if (state.status().done() && seen.isPresent() && seen.getAsInt() >= state.version()) {
            return Response.noContent().header("Cache-Control", NO_STORE).build();
        }
        if (!who.mayOpen()) {
            throw Tickets.invalid();
        }
        return streams.answer(new JobFeed(source(found, who.maySee()), seen), request, thread);
    }

    private JobFeed.Source source(Sighting found, Predicate<JobTypeDescriptor> maySee) {
        return new JobFeed.Source() {
            @Override
            public Optional<JsonNode> body(JobState state) {
                Sighting now = state.equals(found.state()) ? found : finder.seen(state);
                return maySee.test(now.type()) ? Optional.of(answers.body(now)) : Optional.empty();
            }

            @Override
            public Following follow(Consumer<JobState> follower) {
                return watch.follow(found.state(), follower);
            }
        };
    }

    /** Hands out a ticket with which a browser, which cannot send a token, opens one stream. */
    @POST
    @Path("/ticket")
    public Uni<Response> ticket(@PathParam("id") String id, @jakarta.ws.rs.core.Context RoutingContext request) {
        Negotiation.requireJson(request);
        String tenant = current.get().tenant();
        return finder.find(id, tenant).map(found -> {
            answers.requireReadable(found.type());
            if (!found.typeIsCertain()) {
                throw Problems.reducedCapacity(
                        "The job was accepted a moment ago and is not known well enough yet. Ask again after the"
                                + " seconds that Retry-After names.",
                        1);
            }
            Issued issued = tickets.issue(id, tenant);
            ObjectNode body = Wire.JSON
                    .createObjectNode()
                    .put("ticket", issued.ticket())
                    .put("events_url", "/jobs/" + id + "/events?ticket=" + issued.ticket())
                    .put("expires_at", issued.expiresAt().toString());
            return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                    .header("Cache-Control", NO_STORE)
                    .header("Vary", "Authorization")
                    .build();
        });
    }
}
