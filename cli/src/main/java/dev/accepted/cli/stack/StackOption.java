package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import java.nio.file.Path;
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
        return RunningStack.find(checkout, data, System.getenv());
    }
}
