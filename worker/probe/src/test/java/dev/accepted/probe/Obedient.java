package dev.accepted.probe;

import dev.accepted.engine.JobContext;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Waits for ever, stops when it is interrupted, and ends as if nothing were. */
@Singleton
@JobType(value = "test.obedient", queue = "probe", title = "Stop when told", typicalDuration = "PT1S", timeout = "PT2S")
class Obedient implements JobHandler<byte[], Void> {

    @Override
    public @Nullable Void run(byte[] input, JobContext job) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // The promise under test: what ends because its time was over has not succeeded.
        }
        return null;
    }
}
