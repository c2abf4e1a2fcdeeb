package dev.accepted.gateway.status;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.security.Caller;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Rows of the job table to be read: what an index finds, newest first, and what is then looked for in each of these rows.
 */
final class JobFilter {

    private static final Set<Status> FAILURES = EnumSet.of(Status.FAILED, Status.REJECTED, Status.EXPIRED);
    private static final String DETAIL = "cast(function('jsonb_extract_path_text', error, 'detail') as String)";
    private static final String TITLE =
            "replace(cast(function('jsonb_extract_path_text', error, 'slug') as String), '-', ' ')";

    private final Conditions found;
    private final Conditions picked;

    private JobFilter(Conditions found, Conditions picked) {
        this.found = found;
        this.picked = picked;
    }

    /**
     * The jobs of the caller's tenant that it may read and asks for.
     *
     * @param oldest the lowest id that is kept
     */
    static JobFilter of(JobQuery query, Caller caller, List<JobTypeDescriptor> types, UUID oldest) {
        JobFilter filter = new JobFilter(Conditions.none(), Conditions.none());
        filter.found.add("tenant = :tenant", "tenant", caller.tenant()).add("id >= :oldest", "oldest", oldest);
        filter.readable(caller, types);
        filter.asked(query);
        return filter;
    }

    /**
     * The jobs of all tenants that an operator asks for.
     *
     * @param oldest the lowest id that is kept
     */
    static JobFilter ofFleet(FleetQuery query, UUID oldest) {
        JobFilter filter = new JobFilter(Conditions.none(), Conditions.none());
        filter.found.add("id >= :oldest", "oldest", oldest);
        if (query.tenants().size() == 1) {
            filter.found.add("tenant = :tenant", "tenant", query.tenants().get(0));
        } else if (!query.tenants().isEmpty()) {
            filter.picked.add("tenant in :tenants", "tenants", query.tenants());
        }
        if (!query.queues().isEmpty()) {
            filter.picked.add("queue in :queues", "queues", query.queues());
        }
        filter.asked(query.jobs());
        query.error().ifPresent(text -> {
            filter.found.add("error is not null");
            filter.picked.add(
                    "(locate(lower(:error), lower(" + DETAIL + ")) > 0 or locate(lower(:error), " + TITLE + ") > 0)",
                    "error",
                    text);
        });
        return filter;
    }

    /** The jobs of all tenants that were accepted within a time. */
    static JobFilter accepted(Instant from, Instant before) {
        JobFilter filter = new JobFilter(Conditions.none(), Conditions.none());
        filter.found.add("id >= :after", "after", lowest(from)).add("id < :before", "before", lowest(before));
        return filter;
    }

    private void asked(JobQuery query) {
        if (!query.statuses().isEmpty()) {
            picked.add("status in :statuses", "statuses", query.statuses());
            narrow(query.statuses());
        }
        if (!query.types().isEmpty()) {
            picked.add("type in :types", "types", query.types());
        }
        // Ids carry their time, so bounds of the id prune to the days that are asked for.
        query.createdAfter().ifPresent(at -> found.add("id >= :after", "after", lowest(at)));
        query.createdBefore().ifPresent(at -> found.add("id < :before", "before", lowest(at)));
        query.clientReference().ifPresent(name -> found.add("clientReference = :reference", "reference", name));
        query.batch().ifPresent(id -> found.add("batch = :batch", "batch", id));
        int tags = 0;
        for (Map.Entry<String, String> tag : query.tags().entrySet()) {
            tag("tag" + tags++, tag.getKey(), tag.getValue());
        }
    }

    /** Only what is older than that job. */
    JobFilter olderThan(UUID last) {
        return new JobFilter(found.copy().add("id < :last", "last", last), picked);
    }

    /** Only that job and what is newer. */
    JobFilter notOlderThan(UUID first) {
        return new JobFilter(found.copy().add("id >= :first", "first", first), picked);
    }

    /** Without what is looked for in each row. */
    JobFilter byIndexAlone() {
        return new JobFilter(found, Conditions.none());
    }

    /** Whether an index finds just the rows that are wanted. */
    boolean isByIndexAlone() {
        return picked.isEmpty();
    }

    String condition() {
        return String.join(
                " and ",
                Stream.concat(found.texts().stream(), picked.texts().stream()).toList());
    }

    Map<String, Object> parameters() {
        return found.copy().addAll(picked).parameters();
    }

    /** Jobs of a type that nobody announces any more count as ordinary jobs. */
    private void readable(Caller caller, List<JobTypeDescriptor> types) {
        boolean jobs = ReadRights.readsJobs(caller);
        List<String> exceptions = types.stream()
                .filter(type -> isListed(caller, type) != jobs)
                .map(JobTypeDescriptor::type)
                .toList();
        if (!exceptions.isEmpty()) {
            picked.add(jobs ? "type not in :exceptions" : "type in :exceptions", "exceptions", exceptions);
        }
    }

    /** Says the same in the words of the indexes that hold little: of the unfinished, and of what has an error. */
    private void narrow(List<String> statuses) {
        List<Status> known =
                statuses.stream().map(word -> Status.ofWord(word).orElseThrow()).toList();
        if (known.stream().noneMatch(Status::done)) {
            found.add("finishedAt is null");
        }
        if (FAILURES.containsAll(known)) {
            found.add("error is not null");
        }
    }

    private static boolean isListed(Caller caller, JobTypeDescriptor type) {
        return !type.internal() && ReadRights.mayRead(caller, type);
    }

    private void tag(String parameter, String name, String value) {
        picked.add(
                "function('jsonb_extract_path_text', facts, 'tags', :" + parameter + "Name) = :" + parameter,
                parameter + "Name",
                name);
        picked.parameters().put(parameter, value);
    }

    private static UUID lowest(Instant at) {
        return UuidV7.lowest(at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at);
    }
}
