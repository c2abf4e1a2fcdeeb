package dev.accepted.gateway.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.gateway.problem.ItemProblem;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.submission.BatchedJobs.Placed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of each item of a batch. Small: there may be very many. Safe for use by many threads. */
final class Outcomes {

    /** So many are told what is wrong with each; the others of which kind it is. */
    private static final int WHOLE = 1_000;

    private static final int UNAVAILABLE = 503;

    private final String origin;
    private final List<@Nullable Outcome> byIndex = new ArrayList<>();
    private final Map<String, Outcome> briefly = new HashMap<>();
    private int accepted;
    private int replayed;
    private int rejected;
    private boolean unavailable;

    Outcomes(String origin) {
        this.origin = origin;
    }

    private sealed interface Outcome {

        ObjectNode at(int index);

        record Job(Placed placed) implements Outcome {
            @Override
            public ObjectNode at(int index) {
                ObjectNode told = Wire.JSON
                        .createObjectNode()
                        .put("index", index)
                        .put("job_id", placed.jobId())
                        .put("status_url", placed.statusUrl());
                return placed.replayed() ? told.put("replayed", true) : told;
            }
        }

        record Refusal(ObjectNode problem) implements Outcome {
            @Override
            public ObjectNode at(int index) {
                return Wire.JSON.createObjectNode().put("index", index).set("problem", problem);
            }
        }
    }

    synchronized void accepted(int index, Placed placed) {
        set(index, new Outcome.Job(placed));
        accepted++;
        replayed += placed.replayed() ? 1 : 0;
    }

    synchronized void rejected(int index, Problem problem) {
        boolean whole = rejected < WHOLE;
        set(
                index,
                whole
                        ? new Outcome.Refusal(ItemProblem.whole(problem, origin))
                        : briefly.computeIfAbsent(
                                problem.slug(), slug -> new Outcome.Refusal(ItemProblem.brief(problem, origin))));
        rejected++;
        unavailable |= problem.status() == UNAVAILABLE;
    }

    private void set(int index, Outcome outcome) {
        while (byIndex.size() <= index) {
            byIndex.add(null);
        }
        byIndex.set(index, outcome);
    }

    synchronized int accepted() {
        return accepted;
    }

    /** Of the accepted, those that were jobs before. */
    synchronized int replayed() {
        return replayed;
    }

    synchronized int rejected() {
        return rejected;
    }

    /** Whether an item was refused that may be accepted when it is sent again. */
    synchronized boolean unavailable() {
        return unavailable;
    }

    /** How many items there are. */
    synchronized int size() {
        return byIndex.size();
    }

    /** What is told of one, when all of them are known. */
    synchronized JsonNode told(int index) {
        return Objects.requireNonNull(byIndex.get(index), "an item of which nothing is known")
                .at(index);
    }

    /** What is told of the first ones. */
    List<JsonNode> first() {
        List<JsonNode> told = new ArrayList<>();
        for (int index = 0; index < Math.min(WHOLE, size()); index++) {
            told.add(told(index));
        }
        return told;
    }
}
