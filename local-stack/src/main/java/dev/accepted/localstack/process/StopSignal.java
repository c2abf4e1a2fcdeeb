package dev.accepted.localstack.process;

/** How a child is asked to end. */
public enum StopSignal {
    /** An orderly stop, for anything that runs on a JVM. */
    TERM,
    /** PostgreSQL's fast shutdown: open transactions are rolled back, nobody is waited for. */
    INT,
    /** PostgreSQL's immediate shutdown: the next start recovers from the write-ahead log. */
    QUIT,
    /** No last words; for what is thrown away anyhow. */
    KILL
}
