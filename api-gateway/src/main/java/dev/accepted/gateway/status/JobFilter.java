package dev.accepted.gateway.status;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.security.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Rows of the job table to be read: a condition of HQL and its parameters. */
final class JobFilter {

    private static final Set<Status> FAILURES = EnumSet.of(Status.FAILED, Status.REJECTED, Status.EXPIRED);

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    private JobFilter(String tenant) {
        where("tenant = :tenant", "tenant", tenant);
    }

    /**
     * The jobs of the caller's tenant that it may read and asks for.
     *
     * @param oldest the lowest id that is kept
     */
    static JobFilter of(JobQuery query, Caller caller, List<JobTypeDescriptor> types, UUID oldest) {
        JobFilter filter = new JobFilter(caller.tenant()).where("id >= :oldest", "oldest", oldest);
        filter.readable(caller, types);
        if (!query.statuses().isEmpty()) {
            filter.where("status in :statuses", "statuses", query.statuses());
            filter.narrow(query.statuses());
        }
        if (!query.types().isEmpty()) {
            filter.where("type in :types", "types", query.types());
        }
        // Ids carry their time, so bounds of the id prune to the days that are asked for.
        query.createdAfter().ifPresent(at -> filter.where("id >= :after", "after", lowest(at)));
        query.createdBefore().ifPresent(at -> filter.where("id < :before", "before", lowest(at)));
        query.clientReference().ifPresent(name -> filter.where("clientReference = :reference", "reference", name));
        query.batch().ifPresent(id -> filter.where("batch = :batch", "batch", id));
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

    /** Says the same in the words of the indexes that hold little: of the unfinished, and of what has an error. */
    private void narrow(List<String> statuses) {
        List<Status> known =
                statuses.stream().map(word -> Status.ofWord(word).orElseThrow()).toList();
        if (known.stream().noneMatch(Status::done)) {
            conditions.add("finishedAt is null");
        }
        if (FAILURES.containsAll(known)) {
            conditions.add("error is not null");
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
