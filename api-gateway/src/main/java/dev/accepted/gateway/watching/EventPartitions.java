package dev.accepted.gateway.watching;

import dev.accepted.gateway.system.GatewayConfig;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Says in which partition of {@code jobs.events} a job's events are: where every producer puts them by their key. */
@Singleton
public class EventPartitions {

    private final int count;

    EventPartitions(GatewayConfig config) {
        this.count = config.topics().eventPartitions();
    }

    int count() {
        return count;
    }

    /** The partition of a job's events. */
    public int of(String jobId) {
        return Utils.toPositive(Utils.murmur2(jobId.getBytes(StandardCharsets.UTF_8))) % count;
    }
}
