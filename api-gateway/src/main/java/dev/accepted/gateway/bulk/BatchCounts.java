package dev.accepted.gateway.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.Status;
import dev.accepted.store.bulk.BatchTable.Batch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the jobs of a batch stand.
 *
 * @param noted empty if the size of the batch could not be noted when it was accepted
 * @param jobs by status, every status; what has no row yet is queued
 */
record BatchCounts(Optional<Batch> noted, Map<Status, Integer> jobs) {

    /** @param rows what the table has */
    static BatchCounts of(Optional<Batch> noted, Map<Status, Integer> rows) {
        Map<Status, Integer> jobs = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            jobs.put(status, rows.getOrDefault(status, 0));
        }
        int own = noted.map(batch -> batch.accepted() - batch.replayed()).orElse(0);
        jobs.merge(Status.QUEUED, Math.max(0, own - sum(jobs)), Integer::sum);
        return new BatchCounts(noted, jobs);
    }

    private static int sum(Map<Status, Integer> jobs) {
        return jobs.values().stream().mapToInt(count -> count).sum();
    }

    int unfinished() {
        return jobs.entrySet().stream()
                .filter(entry -> !entry.getKey().done())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** A batch of which nobody knows how many jobs it has is never known to be done. */
    boolean done() {
        return noted.isPresent() && unfinished() == 0;
    }

    /** Another one for all that is told otherwise. */
    String tag() {
        return noted.map(batch -> batch.accepted() + "." + batch.rejected()).orElse("")
                + jobs.values().stream().map(String::valueOf).collect(Collectors.joining("."));
    }

    ObjectNode document(JobId batch, Instant expires) {
        String id = batch.text();
        ObjectNode body = Wire.JSON.createObjectNode();
        body.put("batch_id", id).put("status_url", BatchAnswer.statusUrl(id)).put("done", done());
        body.put("jobs_url", "/jobs?batch_id=" + id);
        body.put("created_at", batch.createdAt().toString());
        body.put("expires_at", expires.truncatedTo(ChronoUnit.MILLIS).toString());
        // A job of which nobody knew whether the log had taken it may have come to be after all.
        int replayed = noted.map(Batch::replayed).orElse(0);
        body.put("accepted_count", sum(jobs) + replayed);
        noted.ifPresent(sent -> body.put("rejected_count", sent.rejected()));
        if (replayed > 0) {
            body.put("replayed_count", replayed);
        }
        ObjectNode counts = body.putObject("counts");
        jobs.forEach((status, count) -> counts.put(status.word(), count));
        return body;
    }
}
