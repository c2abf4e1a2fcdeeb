/**
 * Says into which partition of its queue a command goes, so that one tenant's many jobs do not hold up another's few.
 *
 * <pre>
 * QueueMonitor: what waits, by partition ─▶ QueuePartitions ─▶ partition
 *                        command's tenant ─▶ TenantLoad, Shard ─┘
 * </pre>
 *
 * <p>Workers take turns over the partitions of a queue; nobody sorts jobs when they are taken. So what matters is where they
 * lie: a tenant's backlog lies in its shard and never in the reserve, and whoever has little waiting goes where the least
 * waits.
 *
 * <p>Invariant: placing never blocks and never fails; of a queue whose partitions are not known yet it says nothing, and the
 * job's id decides as it does for any other record.
 */
@NullMarked
package dev.accepted.gateway.placement;

import org.jspecify.annotations.NullMarked;
