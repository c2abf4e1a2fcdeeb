package dev.accepted.gateway.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.store.replay.Candidates.Cause;
import dev.accepted.store.replay.Replay;
import dev.accepted.store.replay.Replay.Plan;
import dev.accepted.store.replay.Replay.State;
import dev.accepted.store.replay.ReplayTable.Note;
import dev.accepted.store.replay.Tally;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replay as operators see it: like a job, flat, snake_case, absent rather than null. */
final class ShownReplay {

    private ShownReplay() {}

    static ObjectNode of(Replay replay, Tally tally) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        String id = replay.id().toString();
        shown.put("replay_id", id)
                .put("mode", replay.mode().word())
                .put("status", replay.state().word())
                .put("done", replay.state().ended())
                .put("status_url", "/operations/replays/" + id)
                .put("actor", replay.actor())
                .put("reason", replay.reason());
        shown.set("select", Wire.JSON.valueToTree(replay.selection()));
        plan(shown, replay.plan());
        time(shown, "created_at", replay.createdAt());
        time(shown, "updated_at", replay.updatedAt());
        time(shown, "finished_at", replay.finishedAt());
        if (!replay.state().ended()) {
            shown.put("stage", stage(replay));
        }
        shown.putObject("progress").put("percent", percent(replay, tally));
        shown.putObject("counts")
                .put("matched", replay.matched())
                .put("left_out", replay.leftOut())
                .put("sent", replay.mode().isCountedLater() ? replay.matched() - replay.leftOut() : tally.sent())
                .put("running", tally.running())
                .put("succeeded", tally.succeeded())
                .put("failed", tally.failed());
        if (replay.stoppedBecause() != null) {
            shown.put("stopped_because", replay.stoppedBecause());
        }
        return shown;
    }

    private static void plan(ObjectNode shown, Plan plan) {
        if (plan.canary() != null) {
            shown.put("canary", plan.canary());
        }
        if (plan.rate() != null) {
            shown.put("rate_per_second", plan.rate());
        }
        if (plan.stopAt() != null) {
            shown.put("stop_at_failure_rate", plan.stopAt());
        }
        shown.put("most_per_job", plan.mostPerJob());
    }

    private static String stage(Replay replay) {
        return replay.isAtCanary() ? "canary" : replay.exhausted() ? "waiting" : "rest";
    }

    private static long percent(Replay replay, Tally tally) {
        if (replay.state() == State.SUCCEEDED) {
            return 100;
        }
        long all = Math.max(replay.matched() - replay.leftOut(), tally.taken());
        return all == 0 ? 0 : Math.min(99, 100 * (tally.succeeded() + tally.failed()) / all);
    }

    static void timeline(ObjectNode shown, List<Note> notes) {
        ArrayNode timeline = shown.putArray("timeline");
        for (Note note : notes) {
            ObjectNode entry = timeline.addObject();
            time(entry, "at", note.at());
            entry.put("what", note.what());
            text(entry, "by", note.by());
            text(entry, "detail", note.detail());
        }
    }

    static void causes(ObjectNode shown, List<Cause> causes) {
        ArrayNode list = shown.putArray("causes");
        for (Cause cause : causes) {
            ObjectNode entry = list.addObject().put("type", cause.type()).put("status", cause.status());
            text(entry, "error", cause.slug() == null ? null : "/problems/" + cause.slug());
            text(entry, "detail", cause.detail());
            entry.put("count", cause.count());
        }
    }

    private static void text(ObjectNode shown, String member, @Nullable String text) {
        if (text != null) {
            shown.put(member, text);
        }
    }

    private static void time(ObjectNode shown, String member, @Nullable Instant at) {
        if (at != null) {
            shown.put(member, at.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }
}
