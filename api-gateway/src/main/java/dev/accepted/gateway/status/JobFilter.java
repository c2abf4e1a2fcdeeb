package dev.accepted.gateway.status;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.gateway.security.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rows of the job table to be read: a condition of HQL and its parameters. */
final class JobFilter {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    private JobFilter(String tenant) {
        where("tenant = :tenant", "tenant", tenant);
    }

    /** The jobs of the caller's tenant that it may read and asks for. */
    static JobFilter of(JobQuery query, Caller caller, List<JobTypeDescriptor> types) {
        JobFilter filter = new JobFilter(caller.tenant());
        filter.readable(caller, types);
        if (!query.statuses().isEmpty()) {
            filter.where("status in :statuses", "statuses", query.statuses());
        }
        if (!query.types().isEmpty()) {
            filter.where("type in :types", "types", query.types());
        }
        // Ids carry their time, so bounds of the id prune to the days that are asked for.
        query.createdAfter().ifPresent(at -> filter.where("id >= :after", "after", lowest(at)));
        query.createdBefore().ifPresent(at -> filter.where("id < :before", "before", lowest(at)));
        query.clientReference().ifPresent(name -> filter.where("clientReference = :reference", "reference", name));
        int tags = 0;
        for (Map.Entry<String, String> tag : query.tags().entrySet()) {
            filter.tag("tag" + tags++, tag.getKey(), tag.getValue());
        }
        return filter;
    }

    /** Only what is older than that job. */
    JobFilter olderThan(UUID last) {
        return where("id < :last", "last", last);
    }

    String condition() {
        return String.join(" and ", conditions);
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    /** Jobs of a type that nobody announces any more count as ordinary jobs. */
    private void readable(Caller caller, List<JobTypeDescriptor> types) {
        boolean jobs = ReadRights.readsJobs(caller);
        List<String> exceptions = types.stream()
                .filter(type -> isListed(caller, type) != jobs)
                .map(JobTypeDescriptor::type)
                .toList();
        if (!exceptions.isEmpty()) {
            where(jobs ? "type not in :exceptions" : "type in :exceptions", "exceptions", exceptions);
        }
    }

    private static boolean isListed(Caller caller, JobTypeDescriptor type) {
        return !type.internal() && ReadRights.mayRead(caller, type);
    }

    private void tag(String parameter, String name, String value) {
        conditions.add("function('jsonb_extract_path_text', facts, 'tags', :" + parameter + "Name) = :" + parameter);
        parameters.put(parameter + "Name", name);
        parameters.put(parameter, value);
    }

    private JobFilter where(String condition, String parameter, Object value) {
        conditions.add(condition);
        parameters.put(parameter, value);
        return this;
    }

    private static UUID lowest(Instant at) {
        return UuidV7.lowest(at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at);
    }
}
