package dev.accepted.gateway.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobResult;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Phase;
import dev.accepted.contract.job.Progress;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.estimates.Outlook;
import dev.accepted.gateway.system.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one serializer of jobs: flat, snake_case, absent rather than null. */
@Singleton
class JobBody {

    private final Duration retention;

    @Inject
    JobBody(GatewayConfig config) {
        this(config.retention());
    }

    JobBody(Duration retention) {
        this.retention = retention;
    }

    /** @param outlook empty for a job that is done */
    ObjectNode of(JobState state, JobTypeDescriptor type, Optional<Outlook> outlook) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        String id = state.id().text();
        body.put(type.idMember(), id);
        body.put("job_id", id);
        body.put("type", state.type());
        Status status = outlook.map(Outlook::status).orElse(state.status());
        body.put("status", status.word()).put("done", status.done()).put("version", state.version());
        body.put("status_url", type.statusUrl(id));
        times(body, state);
        outlook.ifPresent(expected -> expectations(body, expected));
        attempts(body, state, type);
        ending(body, state, id);
        facts(body, state);
        figures(state, type).forEach((name, value) -> {
            if (!body.has(name)) {
                body.put(name, value);
            }
        });
        return body;
    }

    private void times(ObjectNode body, JobState state) {
        time(body, "created_at", state.createdAt());
        time(body, "updated_at", state.updatedAt());
        time(body, "scheduled_time", scheduledTime(state));
        time(body, "started_at", state.work().startedAt());
        time(body, "finished_at", state.finishedAt().orElse(null));
        time(body, "expires_at", state.createdAt().plus(retention));
    }

    /** The time its client asked for last: a job that has not run yet carries a moved one in its phase. */
    private static @Nullable Instant scheduledTime(JobState state) {
        if (state.phase() instanceof Phase.Queued queued && queued.attempt() == 1 && queued.notBefore() != null) {
            return queued.notBefore();
        }
        return state.facts() == null ? null : state.facts().scheduledTime();
    }

    static void expectations(ObjectNode body, Outlook outlook) {
        outlook.position().ifPresent(position -> body.put("position_in_queue", position));
        time(body, "estimated_start_time", outlook.start());
        time(body, "estimated_completion_time", outlook.completion());
    }

    private static void attempts(ObjectNode body, JobState state, JobTypeDescriptor type) {
        body.put("attempt", state.phase().attempt());
        body.put("max_attempts", type.retry().maxAttempts());
        if (state.phase().attempt() > 1) {
            state.timer()
                    .filter(timer -> timer.heldBy() == null)
                    .ifPresent(timer -> time(body, "next_attempt_at", timer.dueAt()));
        }
        // What a handler said last is not how far a job is that succeeded.
        progress(body, state.status() == Status.SUCCEEDED ? null : state.work().progress());
    }

    @SuppressWarnings("NullAway") // what a worker of another make sends may lack the message
    private static void progress(ObjectNode body, @Nullable Progress progress) {
        if (progress != null) {
            ObjectNode shown = body.putObject("progress");
            double percent = progress.percent();
            if (percent == Math.rint(percent)) {
                shown.put("percent", (long) percent);
            } else {
                shown.put("percent", percent);
            }
            if (progress.message() != null) {
                shown.put("message", progress.message());
            }
        }
    }

    private static void ending(ObjectNode body, JobState state, String id) {
        if (state.phase() instanceof Phase.Ended ended) {
            JobResult result = ended.result();
            if (result != null) {
                body.put("result_url", "/jobs/" + id + "/result");
                body.putObject("result")
                        .put("content_type", result.contentType())
                        .put("size_bytes", result.sizeBytes());
            }
            error(body, ended.error());
        }
    }

    static void error(ObjectNode body, @Nullable JobError error) {
        if (error != null) {
            ObjectNode told = body.putObject("error")
                    .put("type", "/problems/" + error.slug())
                    .put("title", title(error.slug()))
                    .put("detail", error.detail());
            if (error.pointer() != null) {
                told.put("pointer", error.pointer());
            }
        }
    }

    private static String title(String slug) {
        return Character.toUpperCase(slug.charAt(0)) + slug.substring(1).replace('-', ' ');
    }

    private static void facts(ObjectNode body, JobState state) {
        JobFacts facts = state.facts() == null ? JobFacts.NONE : state.facts();
        if (facts.clientReference() != null) {
            body.put("client_reference", facts.clientReference());
        }
        if (!facts.tags().isEmpty()) {
            ObjectNode tags = body.putObject("tags");
            facts.tags().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        }
        if (facts.batch() != null) {
            body.put("batch_id", facts.batch());
        }
        if (facts.replayOf() != null) {
            body.put("replay_of", facts.replayOf());
        }
    }

    /** What was known at acceptance, then what the handler counts, from 0. */
    private static Map<String, Long> figures(JobState state, JobTypeDescriptor type) {
        Map<String, Long> figures = new LinkedHashMap<>();
        if (state.facts() != null) {
            figures.putAll(state.facts().counts());
        }
        type.counters().forEach(counter -> figures.putIfAbsent(counter, 0L));
        figures.putAll(state.work().counts());
        return figures;
    }

    static void time(ObjectNode body, String member, @Nullable Instant at) {
        if (at != null) {
            body.put(member, at.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }
}
