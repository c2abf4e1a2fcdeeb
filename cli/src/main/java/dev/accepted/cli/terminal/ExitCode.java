package dev.accepted.cli.terminal;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a command's end says to the script that runs it. */
public enum ExitCode {
    DONE(0, "done as asked"),
    ENDED_BADLY(
            1,
            "the job failed, was rejected or cancelled, or expired; a replay ended early or some of its jobs failed; the audit or"
                    + " the verification is not clean; the table was not rebuilt; or this machine failed"),
    NOT_UNDERSTOOD(2, "the command was not understood, and nothing was sent"),
    REFUSED(3, "the gateway refused it (4xx)"),
    NO_ANSWER(
            4,
            "no gateway answered, or only that it cannot (5xx), for as long as --patience says; or --wait was over"
                    + " before the job ended; or a verification could not be finished"),
    FAULT(70, "a fault of this program");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number. */
    public int code() {
        return code;
    }

    /** The worse of two: what several things that were asked for at once end with. */
    public ExitCode or(ExitCode other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** All of them, as a command's help lists them. */
    public static Map<String, String> meanings() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode each : values()) {
            meanings.put(Integer.toString(each.code), each.meaning);
        }
        return meanings;
    }
}
