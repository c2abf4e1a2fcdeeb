package dev.accepted.gateway.placement;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.estimates.QueueMonitor;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Places commands by tenant and by what waits. Knows the queues that the monitor has sampled. */
@Singleton
class FairPlacement implements Placement {

    private final boolean enabled;
    private final Terms terms;
    private final ConcurrentMap<String, QueuePartitions> queues = new ConcurrentHashMap<>();

    FairPlacement(FairnessConfig config) {
        this.enabled = config.enabled();
        this.terms = new Terms(config.reserve(), config.width());
    }

    void listen(@Observes StartupEvent started, QueueMonitor monitor) {
        if (enabled) {
            monitor.onSample((queue, sample) -> queues.computeIfAbsent(queue, name -> new QueuePartitions(name, terms))
                    .sampled(sample.spans()));
        }
    }

    @Override
    public OptionalInt partition(JobCommand command) {
        return Topics.queueOf(command.topic())
                .map(queues::get)
                .map(partitions -> partitions.next(command.tenant()))
                .orElse(OptionalInt.empty());
    }
}
