package dev.accepted.probe;

import dev.accepted.engine.JobContext;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Holds its slot until it is cancelled. */
@ApplicationScoped
@JobType(
        value = "probe.hold",
        queue = "probe",
        title = "Hold until cancelled",
        typicalDuration = "PT1M",
        timeout = "PT24H")
class Hold implements JobHandler<byte[], Void> {

    private final ExecutionLog executions;

    Hold(ExecutionLog executions) {
        this.executions = executions;
    }

    @Override
    public @Nullable Void run(byte[] input, JobContext job) throws InterruptedException {
        executions.began(job);
        // Whoever stops the job interrupts its thread; nothing else ends this wait.
        new CountDownLatch(1).await();
        return null;
    }
}
