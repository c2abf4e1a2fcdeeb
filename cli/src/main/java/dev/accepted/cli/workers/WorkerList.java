package dev.accepted.cli.workers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Moments;
import dev.accepted.cli.terminal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The workers that a gateway knows of. */
final class WorkerList {

    static final String PATH = "/operations/workers";

    private static final String ID = "worker_id";
    private static final Pattern IDS = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private WorkerList() {}

    /**
     * Where a worker's drain is.
     *
     * @param word its id, or its name
     * @throws Refusal when no worker has that name, or several do
     */
    static String drain(Gateway gateway, String word) throws InterruptedException {
        return PATH + "/" + (IDS.matcher(word).matches() ? word : idOf(gateway, word)) + "/drain";
    }

    private static String idOf(Gateway gateway, String name) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        for (JsonNode worker : gateway.ask(Call.get(PATH)).json().path("items")) {
            if (worker.path("name").asText().equals(name)) {
                ids.add(worker.path(ID).asText());
            }
        }
        if (ids.isEmpty()) {
            throw new Refusal(
                    "No worker is called '" + name + "'. `accepted workers` lists those there are.", ExitCode.REFUSED);
        }
        if (ids.size() > 1) {
            throw new Refusal(
                    ids.size() + " workers are called '" + name + "': name one by its id, " + String.join(" or ", ids)
                            + ". Nothing was changed.",
                    ExitCode.NOT_UNDERSTOOD);
        }
        return ids.get(0);
    }

    static List<String> row(JsonNode worker) {
        return List.of(
                worker.path("name").asText(),
                worker.path("queue").asText(),
                worker.path("running").asText(),
                worker.path("slots").asText(),
                worker.path(ID).asText(),
                state(worker));
    }

    private static String state(JsonNode worker) {
        if (!worker.path("draining").asBoolean()) {
            return "takes jobs";
        }
        String by = worker.path("drained_by").asText();
        String reason = worker.path("reason").asText();
        return "drained since " + Moments.local(worker.path("draining_since").asText())
                + (by.isEmpty() ? "" : " by " + by)
                + (reason.isEmpty() ? "" : ": " + reason);
    }
}
