package dev.accepted.cli.limits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted limits set KIND NAME MOST}: sets a limit, or changes it. */
@Command(
        name = "set",
        description = "Sets how many jobs may run at once, or changes it. Work over it waits, in its turn; what"
                + " runs goes on. Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted limits set tenant acme 10 --reason \"they asked for it\"",
            "  accepted limits set tenant '*' 100",
            "  accepted limits set type report.generate 0 --reason \"the printer burns\""
        })
public final class SetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(index = "0", paramLabel = "KIND", description = "tenant, queue or type.")
    private Limit.Kind kind = Limit.Kind.TENANT;

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "Its name; of tenants, '*' is each that has no limit of its own.")
    private String name = "";

    @Parameters(index = "2", paramLabel = "MOST", description = "How many; 0 lets none begin.")
    private int most;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for other operators.")
    private @Nullable String reason;

    @Option(names = "--json", description = "Prints the gateway's answer as it is.")
    private boolean json;

    /** @param checkout whose stack is meant unless another gateway is named */
    public SetCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("most", most);
        if (reason != null) {
            body.put("reason", reason);
        }
        Call call = Call.of("PUT", Limit.path(kind, name)).json(Json.bytes(body));
        JsonNode limit = gateway.open().ask(call).json();
        if (json) {
            spec.commandLine().getOut().println(Json.pretty(limit));
        } else {
            spec.commandLine()
                    .getErr()
                    .println("Of " + kind + " " + name + " " + most + " jobs run at once; "
                            + limit.path("running").asText() + " do, "
                            + limit.path("waiting").asText() + " wait.");
        }
        return 0;
    }
}
