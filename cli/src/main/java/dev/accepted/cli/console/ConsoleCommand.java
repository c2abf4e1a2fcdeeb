package dev.accepted.cli.console;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.stack.RunningStack;
import dev.accepted.cli.stack.StackOption;
import dev.accepted.cli.stack.TokenIssuer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code accepted console}: prints where the console is, with a token for it. */
@Command(
        name = "console",
        description = {
            "Prints the address of the running stack's console, with a token that is good for 12 hours: open it in a"
                    + " browser.",
            "Whoever has the address may do everything there, so keep it to yourself."
        },
        mixinStandardHelpOptions = true)
public final class ConsoleCommand implements Callable<Integer> {

    private final Checkout checkout;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOption stack = new StackOption();

    @Option(
            names = "--tenant",
            paramLabel = "T",
            defaultValue = TokenIssuer.LOCAL_TENANT,
            description = "Whose schedules it shows; jobs are those of all. Default: ${DEFAULT-VALUE}.")
    private String tenant = TokenIssuer.LOCAL_TENANT;

    /** @param checkout whose stack is meant */
    public ConsoleCommand(Checkout checkout) {
        this.checkout = checkout;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        RunningStack running = stack.find(checkout);
        String token = running.tokens().issue("accepted-console", tenant, TokenIssuer.EVERY_SCOPE);
        spec.commandLine().getOut().println(running.anyGateway() + "/console#token=" + token);
        return 0;
    }
}
