package dev.accepted.cli.terminal;

/** Ends a command with an exit status; the message is all that the user is shown, so it says what to do. */
public class Refusal extends RuntimeException {

    private final ExitCode exitCode;

    /** @param message whole sentences */
    public Refusal(String message) {
        this(message, ExitCode.ENDED_BADLY);
    }

    /** @param message whole sentences */
    public Refusal(String message, ExitCode exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * A refusal with the reason behind it.
     *
     * @param message whole sentences
     */
    public Refusal(String message, Throwable cause) {
        this(message, cause, ExitCode.ENDED_BADLY);
    }

    /**
     * A refusal with the reason behind it.
     *
     * @param message whole sentences
     */
    public Refusal(String message, Throwable cause, ExitCode exitCode) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the command ends with; 1 unless it was said. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
