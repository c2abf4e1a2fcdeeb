package dev.accepted.cli.watching;

import java.time.Duration;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether a command waits for the end of its job, and how long. */
public final class WaitOption {

    private static final int EVER = Integer.MAX_VALUE;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "" + EVER,
            preprocessor = Attached.class,
            description = "Waits for the job's end, with =SECONDS for so long at most; then the exit code tells how it"
                    + " ended.")
    private @Nullable Integer seconds;

    /** Whether the command waits at all. */
    public boolean isGiven() {
        return seconds != null;
    }

    /** How long at most. */
    public Duration limit() {
        return Duration.ofSeconds(seconds == null ? 0 : Math.max(0, seconds));
    }

    /** Takes a value that is attached with {@code =} alone: the word behind the option is another one's. */
    static final class Attached implements IParameterPreprocessor {
        @Override
        @SuppressWarnings("JdkObsolete") // the stack is picocli's
        public boolean preprocess(
                Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> information) {
            if (!"=".equals(information.get("separator"))) {
                words.push(Integer.toString(EVER));
            }
            return false;
        }
    }
}
