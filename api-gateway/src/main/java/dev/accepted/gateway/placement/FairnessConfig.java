package dev.accepted.gateway.placement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How tenants share a queue; {@code docs/configuration.md} lists it. */
@ConfigMapping(prefix = "accepted.fairness")
public interface FairnessConfig {

    /** Whether commands are placed by tenant; else their ids decide. */
    @WithDefault("true")
    boolean enabled();

    /** Partitions of each queue's topic in which no backlog may lie. */
    @WithDefault("1")
    int reserve();

    /** The part of the others in which one tenant's backlog may lie while several tenants use the queue. */
    @WithDefault("0.5")
    double width();
}
