package dev.accepted.cli.token;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.stack.StackOption;
import dev.accepted.cli.stack.TokenIssuer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code accepted token}: prints a token. */
@Command(
        name = "token",
        description = "Prints a bearer token for the running stack, good for 12 hours.",
        mixinStandardHelpOptions = true)
public final class TokenCommand implements Callable<Integer> {

    private final Checkout checkout;

    @Spec
    private CommandSpec spec;

    @Mixin
    private StackOption stack = new StackOption();

    @Option(
            names = "--tenant",
            paramLabel = "T",
            defaultValue = TokenIssuer.LOCAL_TENANT,
            description = "Whose token it is. Default: ${DEFAULT-VALUE}.")
    private String tenant = TokenIssuer.LOCAL_TENANT;

    @Option(
            names = "--scope",
            paramLabel = "S",
            defaultValue = TokenIssuer.EVERY_SCOPE,
            description = "What it allows, separated by spaces. Default: \"${DEFAULT-VALUE}\".")
    private String scope = TokenIssuer.EVERY_SCOPE;

    /** @param checkout whose stack is meant */
    public TokenCommand(Checkout checkout) {
        this.checkout = checkout;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        String token = stack.find(checkout).tokens().issue("accepted-cli", tenant, scope);
        spec.commandLine().getOut().println(token);
        return 0;
    }
}
