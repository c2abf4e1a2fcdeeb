package dev.accepted.gateway.estimates;

import dev.accepted.contract.log.Position;
import dev.accepted.gateway.estimates.QueueView.Standing;

/** Says where commands stand in their queues. */
interface Standings {

    /** Where a command stands in its queue that came there at that time. */
    Standing standing(String queue, Position command, long arrivedMicros);

    /** Slots of all workers of a queue. */
    int slots(String queue);
}
