package dev.accepted.cli.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.terminal.Facts;
import dev.accepted.cli.terminal.Moments;
import dev.accepted.cli.terminal.Plain;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** A schedule as a gateway shows it. */
final class Schedule {

    private static final int LONGEST_INPUT = 200;

    private Schedule() {}

    static String path(String name) {
        return "/schedules/" + Call.segment(name);
    }

    static void print(JsonNode schedule, PrintWriter out) {
        String tags = schedule.path("tags").properties().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue().asText())
                .collect(Collectors.joining(" "));
        JsonNode input = schedule.path("input");
        new Facts()
                .add("name", text(schedule, "name"))
                .add("cron", text(schedule, "cron"))
                .add("zone", text(schedule, "zone"))
                .add("type", text(schedule, "type"))
                .add("input", input.isMissingNode() ? "" : Plain.text(input.toString(), LONGEST_INPUT))
                .add("input size", text(schedule, "input_size_bytes"))
                .add("reference", text(schedule, "client_reference"))
                .add("tags", tags)
                .add("next firing", Moments.local(text(schedule, "next_fire_at")))
                .add("last firing", Moments.local(text(schedule, "last_fired_at")))
                .add("last job", text(schedule, "last_job_id"))
                .add("last error", text(schedule, "last_error"))
                .add("changed", Moments.local(text(schedule, "updated_at")))
                .print(out);
    }

    private static String text(JsonNode schedule, String member) {
        return schedule.path(member).asText();
    }
}
