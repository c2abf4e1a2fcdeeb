package dev.accepted.cli.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import dev.accepted.cli.terminal.Columns;
import dev.accepted.cli.terminal.Listing;
import dev.accepted.cli.terminal.Moments;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code accepted schedules}: the caller's schedules; below it what is done to one. */
@Command(
        name = "schedules",
        description = "Lists schedules: jobs that are sent again and again.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted schedules",
            "  accepted schedules put nightly --cron '30 2 * * 1-5' --zone Europe/Berlin probe.sleep millis:=10",
            "  accepted schedules delete nightly"
        })
public final class SchedulesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public SchedulesCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        JsonNode answer = gateway.open().ask(Call.get("/schedules")).json();
        new Listing(
                        "There is no schedule. `accepted schedules put` makes one.",
                        new Columns("NAME", "CRON", "ZONE", "TYPE", "NEXT", "LAST", "REMARK"),
                        SchedulesCommand::row)
                .print(
                        answer,
                        json,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr());
        return 0;
    }

    private static List<String> row(JsonNode schedule) {
        return List.of(
                schedule.path("name").asText(),
                schedule.path("cron").asText(),
                schedule.path("zone").asText(),
                schedule.path("type").asText(),
                Moments.local(schedule.path("next_fire_at").asText()),
                Moments.local(schedule.path("last_fired_at").asText()),
                schedule.path("last_error").asText());
    }
}
