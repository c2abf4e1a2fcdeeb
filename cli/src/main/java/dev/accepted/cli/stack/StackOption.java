package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How every command that needs a running stack is told which one. */
public final class StackOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The stack's directory. Default: $ACCEPTED_DATA, else the stack that was started last.")
    private @Nullable Path data;

    /** The stack that is meant. */
    public RunningStack find(Checkout checkout) {
        return find(checkout, System.getenv());
    }

    /** The stack that is meant, by these variables. */
    public RunningStack find(Checkout checkout, Map<String, String> environment) {
        return RunningStack.find(checkout, data, environment);
    }

    /** Whether the command itself names it. */
    public boolean isNamed() {
        return data != null;
    }
}
