package dev.accepted.gateway.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.id.Horizon;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.system.GatewayConfig;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Answers pages of jobs, newest first. A page is bounded by its last id, so what comes meanwhile shifts nothing. */
@Singleton
class JobPages {

    private final ReadRights rights;
    private final KnownTypes types;
    private final JobRecords records;
    private final ShownJob bodies;
    private final PageCursor cursors;
    private final Clock clock;
    private final Horizon horizon;

    JobPages(
            ReadRights rights,
            KnownTypes types,
            JobRecords records,
            ShownJob bodies,
            PageCursor cursors,
            Clock clock,
            GatewayConfig config) {
        this.rights = rights;
        this.types = types;
        this.records = records;
        this.bodies = bodies;
        this.cursors = cursors;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
    }

    Response page(Map<String, List<String>> parameters) {
        Caller caller = rights.requireAny(types.all());
        JobQuery query = JobQuery.read(parameters);
        String bound = caller.tenant() + '\n' + query.filters();
        JobFilter all = JobFilter.of(query, caller, types.all(), horizon.lowest(clock.instant()));
        JobFilter filter = query.cursor()
                .map(cursor -> all.olderThan(cursors.read(cursor, bound)))
                .orElse(all);
        List<JobState> found = read(filter, query.limit() + 1);
        List<JobState> shown = found.subList(0, Math.min(found.size(), query.limit()));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        shown.forEach(state -> items.add(bodies.of(state, types.sighting(state).type())));
        Response.ResponseBuilder answer = Response.ok(body, MediaType.APPLICATION_JSON_TYPE);
        if (found.size() > shown.size()) {
            String cursor = cursors.after(shown.get(shown.size() - 1).id().uuid(), bound);
            NextPage.of("/jobs", parameters, cursor).tell(body, answer);
        }
        return answer.header("Cache-Control", "private, no-cache")
                .header("Vary", "Authorization")
                .build();
    }

    private List<JobState> read(JobFilter filter, int most) {
        try {
            return records.read(filter, most);
        } catch (RuntimeException e) {
            throw TableAway.is(e) ? Refusals.tableAway() : e;
        }
    }
}
