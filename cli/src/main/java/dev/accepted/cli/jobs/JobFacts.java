package dev.accepted.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.terminal.Facts;
import dev.accepted.cli.terminal.Moments;
import dev.accepted.cli.terminal.Plain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All that is known of a job, in an order that people read. */
final class JobFacts {

    private static final List<String> TIMES = List.of(
            "created_at",
            "scheduled_time",
            "started_at",
            "finished_at",
            "estimated_start_time",
            "estimated_completion_time",
            "next_attempt_at",
            "updated_at",
            "expires_at");

    /** What is told in words of its own, or is for machines alone. */
    private static final Set<String> TOLD = Set.of(
            "job_id",
            "type",
            "status",
            "done",
            "version",
            "status_url",
            "attempt",
            "max_attempts",
            "progress",
            "result",
            "result_url",
            "error",
            "tags");

    private static final int LONGEST_INPUT = 200;

    private JobFacts() {}

    static Facts of(Job job) {
        JsonNode body = job.body();
        Facts facts = new Facts()
                .add("job", job.id())
                .add("type", job.type())
                .add("status", job.status())
                .add("remark", job.remark())
                .add("progress", body.has("progress") ? job.percent() + " %" : "")
                .add("attempt", attempt(body));
        TIMES.forEach(time -> facts.add(words(time), Moments.local(job.text(time))));
        result(job, facts);
        facts.add("tags", tags(body.path("tags")));
        facts.add("input", body.has("input") ? Plain.text(body.path("input").toString(), LONGEST_INPUT) : "");
        for (Map.Entry<String, JsonNode> other : body.properties()) {
            boolean isTold = TOLD.contains(other.getKey()) || TIMES.contains(other.getKey());
            if (!isTold && other.getValue().isValueNode()) {
                facts.add(words(other.getKey()), other.getValue().asText());
            }
        }
        return facts;
    }

    private static String attempt(JsonNode body) {
        return body.has("attempt")
                ? body.path("attempt").asText() + " of "
                        + body.path("max_attempts").asText()
                : "";
    }

    private static void result(Job job, Facts facts) {
        JsonNode result = job.body().path("result");
        if (!result.isMissingNode()) {
            facts.add(
                    "result",
                    result.path("content_type").asText() + ", "
                            + result.path("size_bytes").asLong() + " bytes");
        }
    }

    private static String tags(JsonNode tags) {
        return tags.properties().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue().asText())
                .collect(Collectors.joining(" "));
    }

    /** {@code created_at} is "created". */
    private static String words(String member) {
        return member.replaceAll("_(at|time)$", "").replace('_', ' ');
    }
}
