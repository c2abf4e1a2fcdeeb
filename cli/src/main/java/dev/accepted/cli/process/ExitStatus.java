package dev.accepted.cli.process;

/** Exit statuses in words. */
final class ExitStatus {

    private static final int SIGNALLED = 128;

    private ExitStatus() {}

    /** {@code "status 137 (signal 9)"}. */
    static String describe(int status) {
        return status > SIGNALLED ? "status " + status + " (signal " + (status - SIGNALLED) + ")" : "status " + status;
    }
}
