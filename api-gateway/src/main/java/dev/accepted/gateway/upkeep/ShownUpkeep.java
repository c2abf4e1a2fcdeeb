package dev.accepted.gateway.upkeep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.store.upkeep.Upkeep;
import dev.accepted.store.upkeep.Upkeep.Kind;
import dev.accepted.store.upkeep.Upkeep.Progress;
import dev.accepted.store.upkeep.Upkeep.Status;
import java.util.UUID;

/** A verification or a rebuild as operators see it; what is not known is not there. */
final class ShownUpkeep {

    private ShownUpkeep() {}

    static String path(Kind kind, UUID id) {
        return (kind == Kind.REBUILD ? "/operations/rebuilds/" : "/operations/verifications/") + id;
    }

    static ObjectNode of(Upkeep upkeep) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("id", upkeep.id().toString())
                .put("status", upkeep.status().word())
                .put("done", upkeep.status() != Status.RUNNING)
                .put("stage", upkeep.stage())
                .put("status_url", path(upkeep.kind(), upkeep.id()))
                .put("actor", upkeep.actor());
        if (upkeep.reason() != null) {
            shown.put("reason", upkeep.reason());
        }
        if (upkeep.abortedBy() != null) {
            shown.put("aborted_by", upkeep.abortedBy());
        }
        shown.put("gateway", upkeep.gateway())
                .put("created_at", upkeep.created().toString())
                .put("updated_at", upkeep.heartbeat().toString());
        if (upkeep.finished() != null) {
            shown.put("finished_at", upkeep.finished().toString());
        }
        shown.set("progress", progress(upkeep));
        if (upkeep.result() != null) {
            shown.setAll(read(upkeep.result()));
        }
        return shown;
    }

    private static ObjectNode progress(Upkeep upkeep) {
        Progress progress = upkeep.progress();
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("records_read", progress.read())
                .put("records_total", progress.total())
                .put("percent", percent(upkeep));
        if (upkeep.status() == Status.RUNNING && progress.rate() >= 1) {
            shown.put("rate_per_second", Math.round(progress.rate()));
            shown.put("seconds_left", (long)
                    Math.ceil(Math.max(0, progress.total() - progress.read()) / progress.rate()));
        }
        return shown;
    }

    /** 100 only when all is done: the end of the log moves on. */
    private static long percent(Upkeep upkeep) {
        if (upkeep.status() == Status.SUCCEEDED || upkeep.status() == Status.DIFFERS) {
            return 100;
        }
        Progress progress = upkeep.progress();
        return progress.total() == 0 ? 0 : Math.min(99, progress.read() * 100 / progress.total());
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) Wire.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result that does not read", e);
        }
    }
}
