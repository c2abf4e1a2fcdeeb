package dev.accepted.gateway.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.id.Horizon;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.system.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers pages of the jobs of all tenants, newest first.
 *
 * <p>What is quick, however many jobs there are: no filter, times, one tenant, a batch, a reference, those that failed, those
 * that have not ended. All else ({@code type}, {@code queue}, {@code tag}, several tenants, {@code status=succeeded}, and
 * the text of an error among those that failed) is looked for row by row among these, up to {@value #WINDOW} rows at a time,
 * for two seconds at most. A page that is not full by then says what it found, be it nothing, and where the next one goes on.
 */
@Singleton
public class FleetPages {

    private static final int WINDOW = 20_000;
    private static final int FIRST_WINDOW = 1_000;
    private static final int GROWTH = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String PATH = "/operations/jobs";

    /** No tenant has this name, so that no cursor of a tenant is one of these. */
    private static final String NOBODY = "";

    private final JobRecords records;
    private final FleetBody bodies;
    private final PageCursor cursors;
    private final Clock clock;
    private final Horizon horizon;
    private final int window;
    private final Duration patience;

    @Inject
    FleetPages(JobRecords records, FleetBody bodies, PageCursor cursors, Clock clock, GatewayConfig config) {
        this(records, bodies, cursors, clock, config, WINDOW, PATIENCE);
    }

    /**
     * Takes its time as it is told to.
     *
     * @param window rows that are looked at before the time is looked at
     * @param patience after which a page is what was found
     */
    FleetPages(
            JobRecords records,
            FleetBody bodies,
            PageCursor cursors,
            Clock clock,
            GatewayConfig config,
            int window,
            Duration patience) {
        this.records = records;
        this.bodies = bodies;
        this.cursors = cursors;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
        this.window = window;
        this.patience = patience;
    }

    /**
     * A page of them.
     *
     * @param last what the next page is to be older than; empty if there is none
     */
    private record Found(List<JobState> jobs, Optional<UUID> last) {}

    /** A page; a {@link dev.accepted.gateway.problem.Problem} 400 for parameters that do not read, 503 without the table. */
    public Response page(Map<String, List<String>> parameters) {
        FleetQuery query = FleetQuery.read(parameters);
        String bound = NOBODY + '\n' + query.filters();
        JobFilter filter = JobFilter.ofFleet(query, horizon.lowest(clock.instant()));
        Optional<UUID> from = query.jobs().cursor().map(cursor -> cursors.read(cursor, bound));
        Found found = asked(filter, from, query.jobs().limit());
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        found.jobs().forEach(state -> items.add(bodies.of(state)));
        Response.ResponseBuilder answer = Response.ok(body, MediaType.APPLICATION_JSON_TYPE);
        found.last()
                .ifPresent(last -> NextPage.of(PATH, parameters, cursors.after(last, bound))
                        .tell(body, answer));
        return answer.header("Cache-Control", "no-store").build();
    }

    /** The newest of the jobs that were accepted within a time, so many at most. Fails if the table is away. */
    public List<JobState> newest(Instant from, Instant before, int most) {
        return records.read(JobFilter.accepted(from, before), most);
    }

    /** The jobs of these keys that have rows. Fails if the table is away. */
    public List<JobState> read(Collection<UUID> ids) {
        return records.read(ids);
    }

    private Found asked(JobFilter filter, Optional<UUID> from, int limit) {
        try {
            return filter.isByIndexAlone() ? atOnce(filter, from, limit) : byWindows(filter, from, limit);
        } catch (RuntimeException e) {
            throw TableAway.is(e) ? Refusals.tableAway() : e;
        }
    }

    private Found atOnce(JobFilter filter, Optional<UUID> from, int limit) {
        return cut(records.read(below(filter, from), limit + 1), limit, Optional.empty());
    }

    private Found byWindows(JobFilter filter, Optional<UUID> from, int limit) {
        long end = System.nanoTime() + patience.toNanos();
        List<JobState> jobs = new ArrayList<>();
        Optional<UUID> last = from;
        int rows = Math.min(window, FIRST_WINDOW);
        do {
            JobFilter rest = below(filter, last);
            Optional<UUID> floor = records.idAfter(rest.byIndexAlone(), rows - 1);
            JobFilter near = floor.map(rest::notOlderThan).orElse(rest);
            jobs.addAll(records.read(near, limit + 1 - jobs.size()));
            last = floor;
            rows = Math.min(window, GROWTH * rows);
        } while (jobs.size() <= limit && last.isPresent() && System.nanoTime() < end);
        return cut(jobs, limit, last);
    }

    private static JobFilter below(JobFilter filter, Optional<UUID> last) {
        return last.map(filter::olderThan).orElse(filter);
    }

    /** @param rest what the next page goes on from if this one has no more than it shows */
    private static Found cut(List<JobState> jobs, int limit, Optional<UUID> rest) {
        if (jobs.size() <= limit) {
            return new Found(jobs, rest);
        }
        List<JobState> shown = jobs.subList(0, limit);
        return new Found(shown, Optional.of(shown.get(limit - 1).id().uuid()));
    }
}
