package dev.accepted.cli.process;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A process beyond doubt: ids are used again, but not with the same start.
 *
 * @param pid the process id
 * @param startedAt milliseconds since 1970, as the system tells; 0 where it does not
 */
public record ProcessIdentity(
        long pid, @JsonProperty("started_at_millis") long startedAt) {

    /** The running process of that id. */
    public static ProcessIdentity of(long pid) {
        return new ProcessIdentity(
                pid, ProcessHandle.of(pid).map(ProcessIdentity::start).orElse(0L));
    }

    /** This JVM. */
    public static ProcessIdentity own() {
        return of(ProcessHandle.current().pid());
    }

    /** The process itself, empty once it has ended. */
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> start(process) == startedAt);
    }

    private static long start(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }
}
