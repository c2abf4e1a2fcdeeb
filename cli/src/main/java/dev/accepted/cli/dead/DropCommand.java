package dev.accepted.cli.dead;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.GatewayOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code accepted dead drop OFFSET...}: takes them off the list. */
@Command(
        name = "drop",
        description = "Takes dead records off the list; they stay in the log. One that was settled already is"
                + " refused; the others are dropped all the same. Needs the scope operations.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  accepted dead drop 17 18 --reason \"nonsense of a test\"")
public final class DropCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final GatewayOption gateway;

    @Parameters(paramLabel = "OFFSET", arity = "1..*", description = "Their offsets, as `accepted dead` has them.")
    private List<Long> offsets = List.of();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for other operators.")
    private String reason = "";

    /** @param checkout whose stack is meant unless another gateway is named */
    public DropCommand(Checkout checkout, Map<String, String> environment) {
        this.gateway = new GatewayOption(checkout, environment);
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        Settling settling = new Settling(gateway.open(), spec.commandLine().getErr());
        return settling.each(offsets, (api, offset) -> {
            api.ask(Call.of("DELETE", Dead.path(offset) + Dead.because(reason)));
            spec.commandLine().getErr().println(offset + " is off the list.");
        });
    }
}
